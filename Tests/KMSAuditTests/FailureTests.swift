// A trail that cannot record refuses, and recovers by itself.

import Foundation
import Logging
import Synchronization
import Testing

@testable import KMSAudit

@Suite struct FailureTests {
  /// Waits until the trail admits requests again.
  private func waitUntilAdmitted(_ trail: AuditTrail) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < deadline {
      if await trail.ticket() != nil { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    Issue.record("the trail does not recover")
  }

  @Test func aStoreThatDoesNotTakeHeadsRefusesAndHeals() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    try await trail.append(try Examples.event("1"))
    place.heads.fails = true
    for id in 2...3 {
      let error = await #expect(throws: AuditFailure.self) { try await trail.append(try Examples.event("\(id)")) }
      guard case .headUnavailable = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
    for _ in 0..<30 {
      #expect(await trail.refusesRoom())
      #expect(!trail.isTaking)
      try await Task.sleep(for: .milliseconds(10))
    }
    #expect(place.log.texts(.error).count == 3)

    place.heads.fails = false
    try await waitUntilAdmitted(trail)
    try await trail.append(try Examples.event("4"))
    await trail.close()
    // However much was said before.
    #expect(place.log.texts(.notice) == ["audit records are kept again"])
    // What was refused had been written all the same.
    try place.requireIntact(4)
    #expect(try place.requestIDs() == ["1", "2", "3", "4"])
  }

  @Test func recordsBehindADeletedFileAreKept() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    try await trail.append(try Examples.event("1"))
    try FileManager.default.removeItem(atPath: try place.onlyFile())
    try await trail.append(try Examples.event("2"))
    #expect(try place.requestIDs() == ["2"])
    try FileManager.default.removeItem(atPath: place.directory)
    try await trail.append(try Examples.event("3"))
    #expect(try place.requestIDs() == ["3"])
    #expect(place.log.texts(.critical).count == 2)
    #expect(try place.requireBroken().sequence == 1)
    // Where it cannot go on it refuses.
    try FileManager.default.removeItem(atPath: place.directory)
    try Data().write(to: URL(filePath: place.directory))
    await #expect(throws: AuditFailure.self) { try await trail.append(try Examples.event("4")) }
    #expect(await trail.refusesRoom())
    try FileManager.default.removeItem(atPath: place.directory)
    try await waitUntilAdmitted(trail)
    try await trail.append(try Examples.event("5"))
    #expect(try place.requestIDs() == ["5"])
    #expect(place.log.texts(.critical).count == 3)
    await trail.close()
  }

  @Test func aRecordThatIsAddedWhileHeadsFailHealsTheTrailToo() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    place.heads.fails = true
    await #expect(throws: AuditFailure.self) { try await trail.append(try Examples.event("1")) }
    place.heads.fails = false
    try await trail.append(try Examples.event("2"))
    #expect(await trail.ticket() != nil)
    await trail.close()
    try place.requireIntact(2)
  }

  @Test func theLastHeadIsTriedOnceMoreWhenTheTrailCloses() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    place.heads.fails = true
    await #expect(throws: AuditFailure.self) { try await trail.append(try Examples.event("1")) }
    place.heads.fails = false
    await trail.close()
    let head = try #require(place.heads.opened(by: trail.chain))
    #expect(head.position.sequence == 1)
  }

  @Test func failuresAreLoggedAtABoundedRate() {
    let log = LogAllowance(linesPerWindow: 3, window: .seconds(10))
    let start = ContinuousClock.now
    let first = (0..<10).map { log.take(now: start + .seconds($0) / 10) }
    #expect(first == [0, 0, 0] + [Int?](repeating: nil, count: 7))
    #expect(log.take(now: start + .seconds(10)) == 7)
    #expect(log.take(now: start + .seconds(10)) == 0)
  }

  #if os(Linux)
    private static let configuration = AuditTrail.Configuration(reservedBytes: 32 << 10)

    /// Takes all room of the disk; the file gives it back when it is removed.
    private func fill(_ disk: SmallDisk) throws -> String {
      let path = disk.path + "/ballast"
      let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
      guard descriptor >= 0 else { throw POSIXError(.EIO) }
      defer { close(descriptor) }
      let block = [UInt8](repeating: 1, count: 4096)
      while write(descriptor, block, block.count) > 0 {}
      return path
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system"))
    func whoWasAdmittedCanRecordOnAFullDisk() async throws {
      let disk = try SmallDisk(kilobytes: 1024)
      let place = try TrailPlace(directory: disk.path + "/audit")
      let trail = try await place.open(Self.configuration)
      try await trail.append(try Examples.event("0"))
      let ballast = try fill(disk)
      // As many as there is room set aside for, and no more.
      var tickets: [Ticket] = []
      while tickets.count < 1000, let ticket = await trail.ticket() { tickets.append(ticket) }
      let admitted = tickets.count
      #expect(admitted > 10 && admitted < 1000)
      #expect(!trail.isTaking)
      for (id, ticket) in tickets.enumerated() {
        try await trail.append(try Examples.event("\(id + 1)"), ticket)
      }

      try FileManager.default.removeItem(atPath: ballast)
      try await waitUntilAdmitted(trail)
      try await trail.append(try Examples.event("last"))
      await trail.close()
      try place.requireIntact(admitted + 2)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system"))
    func aFullDiskRefusesAndRecovers() async throws {
      let disk = try SmallDisk(kilobytes: 1024)
      let place = try TrailPlace(directory: disk.path + "/audit")
      let trail = try await place.open(Self.configuration)
      let ballast = try fill(disk)
      // Records that nobody asked room for, until it is used up: more at once than fit.
      let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
        for id in 0..<400 {
          group.addTask { (id, (try? await trail.append(try Examples.event("\(id)"))) != nil) }
        }
        return await group.reduce(into: [Int: Bool]()) { $0[$1.0] = $1.1 }
      }
      let kept = outcomes.filter(\.value).keys
      #expect(kept.count < 400)
      while (try? await trail.append(try Examples.event("more"))) != nil {}
      #expect(await trail.refusesRoom())
      #expect(!trail.isTaking)
      #expect(Set(try place.requestIDs()).subtracting(["more"]) == Set(kept.map { "\($0)" }))
      let countBefore = try place.lines().count
      try place.requireIntact(countBefore)
      #expect(!place.log.texts(.error).isEmpty)

      try FileManager.default.removeItem(atPath: ballast)
      try await waitUntilAdmitted(trail)
      try await trail.append(try Examples.event("last"))
      await trail.close()
      try place.requireIntact(countBefore + 1)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system"))
    func aFileSystemThatCannotSetRoomAsideIsGoodEnough() async throws {
      let disk = try SmallDisk(kilobytes: nil)
      let place = try TrailPlace(directory: disk.path + "/audit")
      let trail = try await place.open(Self.configuration)
      #expect(trail.writer.withLock { $0.available } == nil)
      for id in 1...100 {
        try await trail.admitAndAppend(try Examples.event("\(id)"), bytes: 1 << 20)
      }
      // What is written to find out whether that is possible is taken back.
      try trail.writer.withLock { writer throws(AuditFailure) in try writer.probe(1 << 20) }
      try place.requireIntact(100)
      try await trail.append(try Examples.event("101"))
      await trail.close()
      try place.requireIntact(101)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system"))
    func aTrailOpensOnAFullDiskAndWaitsForRoom() async throws {
      let disk = try SmallDisk(kilobytes: 1024)
      let place = try TrailPlace(directory: disk.path + "/audit")
      try await place.record(1...3, Self.configuration)
      let ballast = try fill(disk)
      let trail = try await place.open(Self.configuration)
      #expect(await trail.refusesRoom())
      #expect(!trail.isTaking)
      try FileManager.default.removeItem(atPath: ballast)
      try await waitUntilAdmitted(trail)
      try await trail.append(try Examples.event("4"))
      await trail.close()
      try place.requireIntact(4)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system"))
    func aTrailThatIsOnlyAskedRecoversToo() async throws {
      let disk = try SmallDisk(kilobytes: 1024)
      let place = try TrailPlace(directory: disk.path + "/audit")
      try await place.record(1...3, Self.configuration)
      let ballast = try fill(disk)
      let trail = try await place.open(Self.configuration)
      for _ in 0..<10 { #expect(!trail.isTaking) }
      try FileManager.default.removeItem(atPath: ballast)
      let deadline = ContinuousClock.now + .seconds(20)
      while !trail.isTaking, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
      #expect(trail.isTaking)
      #expect(trail.admission.target == 2 * (32 << 10))
      await trail.close()
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system"))
    func aDiskWithoutRoomIsNotKeptFromOthers() async throws {
      let disk = try SmallDisk(kilobytes: 1024)
      let place = try TrailPlace(directory: disk.path + "/audit")
      let trail = try await place.open(Self.configuration)
      // Much was needed once.
      #expect(await trail.ticket(600 << 10) != nil)
      let few = try #require(await trail.ticket(10 << 10))
      #expect(try #require(trail.writer.withLock { $0.available }) >= 600 << 10)
      // More than there is: the wait ends, and what is not needed goes back.
      #expect(await trail.refusesRoom(2 << 20))
      let available = try #require(trail.writer.withLock { $0.available })
      #expect(available == (10 << 10) + (32 << 10))
      let other = Data(count: 800 << 10)
      try other.write(to: URL(filePath: disk.path + "/other"))
      try await trail.append(try Examples.event("1"), few)
      // Who needs little is served all the while.
      try await trail.admitAndAppend(try Examples.event("2"))
      #expect(trail.isTaking)
      await trail.close()
      try place.requireIntact(2)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system"))
    func requestsWithoutARecordDoNotUseUpADisk() async throws {
      let disk = try SmallDisk(kilobytes: 1024)
      let place = try TrailPlace(directory: disk.path + "/audit")
      let trail = try await place.open(Self.configuration)
      for _ in 0..<10_000 { #expect(await trail.ticket(8192) != nil) }
      try await trail.admitAndAppend(try Examples.event("1"))
      await trail.close()
      try place.requireIntact(1)
    }

    @Test(.enabled(if: SmallDisk.isAvailable, "needs the right to mount a file system"))
    func aFileThatCannotBeFollowedByAnotherGrowsOn() async throws {
      let disk = try SmallDisk(kilobytes: 1024)
      let place = try TrailPlace(directory: disk.path + "/audit")
      var configuration = Self.configuration
      configuration.maximumFileBytes = 3000
      let trail = try await place.open(configuration)
      try await trail.append(try Examples.event("1"))
      let ballast = try fill(disk)
      for id in 2...12 { try await trail.append(try Examples.event("\(id)")) }
      #expect(try place.files().count == 1)
      try FileManager.default.removeItem(atPath: ballast)
      try await trail.append(try Examples.event("13"))
      #expect(try place.files().count == 2)
      await trail.close()
      try place.requireIntact(13)
    }
  #endif
}
