// Adding records: in order, all of them, in files of bounded size and age.

import Foundation
import Testing

@testable import KMSAudit

@Suite struct TrailTests {
  @Test func manyAtOnceGetOneNumberEach() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in 0..<1000 {
        group.addTask {
          try await trail.admitAndAppend(try Examples.event("\(id)"))
        }
      }
      try await group.waitForAll()
    }
    await trail.close()
    try place.requireIntact(1000)
    #expect(Set(try place.requestIDs()) == Set((0..<1000).map { "\($0)" }))
    #expect(place.heads.saves < 1000)
  }

  @Test func roomIsSetAsideUnderLoadToo() async throws {
    let place = try TrailPlace()
    let trail = try await place.open(AuditTrail.Configuration(reservedBytes: 64 << 10))
    // Several times what is set aside at first, without a pause.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<16 {
        group.addTask {
          for id in 0..<40 {
            try await trail.admitAndAppend(try Examples.event("\(task)-\(id)"))
          }
        }
      }
      try await group.waitForAll()
    }
    await trail.close()
    try place.requireIntact(640)
  }

  @Test func whoHasBeenAnsweredIsCoveredByTheHead() async throws {
    let place = try TrailPlace()
    place.heads.delay = .milliseconds(1)
    let trail = try await place.open()
    for number in 1...20 {
      try await trail.append(try Examples.event("\(number)"))
      let head = try #require(place.heads.opened(by: trail.chain))
      #expect(head.position.sequence == UInt64(number))
      #expect(try place.requestIDs().last == "\(number)")
    }
    await trail.close()
  }

  @Test func recordsThatComeWhileAHeadIsSavedShareTheNext() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    place.heads.delay = .milliseconds(20)
    let before = place.heads.saves
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in 0..<200 { group.addTask { try await trail.append(try Examples.event("\(id)")) } }
      try await group.waitForAll()
    }
    #expect(place.heads.saves - before < 50)
    await trail.close()
    try place.requireIntact(200)
  }

  @Test func callersWhoComeBackOneAfterTheOtherShareGroups() async throws {
    let place = try TrailPlace()
    place.heads.delay = .milliseconds(1)
    let trail = try await place.open()
    let before = place.heads.saves
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for id in 0..<10 { try await trail.admitAndAppend(try Examples.event("\(task)-\(id)")) }
        }
      }
      try await group.waitForAll()
    }
    await trail.close()
    try place.requireIntact(80)
    // Eight at a time; if none waited for the others they would take two groups a round.
    #expect(place.heads.saves - before <= 14)
  }

  @Test func aFileThatIsLargeEnoughIsFollowedByAnother() async throws {
    let place = try TrailPlace()
    let configuration = AuditTrail.Configuration(maximumFileBytes: 5000)
    try await place.record(1...20, configuration)
    try await place.record(21...40, configuration)
    let files = try place.files()
    #expect(files.count > 3)
    for path in files {
      let size = try Data(contentsOf: URL(filePath: path)).count
      #expect(size < 5000 + 2000 && size > 0)
      if path != files.last { #expect(size >= 5000) }
      #expect(try mode(path) == 0o600)
    }
    try place.requireIntact(40)
    #expect(try place.requestIDs() == (1...40).map { "\($0)" })
  }

  @Test func aFileThatIsOldEnoughIsFollowedByAnother() async throws {
    let place = try TrailPlace()
    let configuration = AuditTrail.Configuration(maximumFileAge: .seconds(60))
    let trail = try await place.open(configuration)
    for id in 1...3 { try await trail.append(try Examples.event("\(id)")) }
    place.advance(by: 59)
    try await trail.append(try Examples.event("4"))
    #expect(try place.files().count == 1)
    place.advance(by: 2)
    try await trail.append(try Examples.event("5"))
    #expect(try place.files().map { URL(filePath: $0).lastPathComponent }.last == "audit-000000000005.jsonl")
    await trail.close()
    // A file is as old as its first record, whenever it was opened. Events have the time at which the place began.
    place.advance(by: 1)
    try await place.record(6...6, configuration)
    #expect(try place.files().count == 3)
    try place.requireIntact(6)
  }

  @Test func aClosedTrailTakesNothing() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    try await trail.append(try Examples.event())
    await trail.close()
    await trail.close()
    #expect(await trail.refusesRoom(1))
    #expect(!trail.isTaking)
    await #expect(throws: AuditFailure.self) { try await trail.append(try Examples.event()) }
    try place.requireIntact(1)
  }

  @Test func closingWaitsForWhatIsUnderWay() async throws {
    let place = try TrailPlace()
    place.heads.delay = .milliseconds(5)
    let trail = try await place.open()
    let kept = await withTaskGroup(of: Bool.self) { group in
      for id in 0..<100 {
        group.addTask { (try? await trail.append(try Examples.event("\(id)"))) != nil }
      }
      group.addTask {
        await trail.close()
        return false
      }
      return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    try place.requireIntact(kept)
  }

  /// A body of the largest size that is allowed needs more room than is ever set aside ahead.
  @Test func aLongRecordWaitsForItsRoom() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    for id in 1...5 { try await trail.admitAndAppend(try Examples.event("\(id)"), bytes: 4096 + 2 << 20) }
    // Many at once too.
    try await withThrowingTaskGroup(of: Void.self) { group in
      for id in 6...25 {
        group.addTask { try await trail.admitAndAppend(try Examples.event("\(id)"), bytes: 4096 + 2 << 20) }
      }
      try await group.waitForAll()
    }
    await trail.close()
    try place.requireIntact(25)
    #expect(trail.admission.awaitedBytes == 0)
  }

  /// Requests that leave no record, such as those with a token that proves nobody.
  @Test func aTicketThatIsNotUsedIsGivenBack() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    for _ in 0..<1000 { _ = try await trail.admit(bytes: 1 << 20) }
    var tickets: [Ticket] = []
    for _ in 0..<10 { tickets.append(try #require(await trail.ticket(1000))) }
    #expect(trail.admission.promisedBytes == 10_000)
    try await trail.append(try Examples.event("1"), tickets.removeLast())
    #expect(trail.admission.promisedBytes == 9000)
    tickets = []
    #expect(trail.admission.promisedBytes == 0)
    await trail.close()
    try place.requireIntact(1)
  }

  @Test func theRecordsOfOneRequestFollowEachOther() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    let ticket = try await trail.admit(bytes: 1000)
    try await trail.append([try Examples.event("1"), try Examples.event("2"), try Examples.event("3")], ticket)
    #expect(trail.admission.promisedBytes == 0 && trail.admission.queuedBytes == 0)
    await trail.close()
    try place.requireIntact(3)
    #expect(try place.requestIDs() == ["1", "2", "3"])
  }

  @Test func aTicketOfAClosedTrailIsGivenBackToo() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    let ticket = try await trail.admit(bytes: 1000)
    await trail.close()
    let event = try Examples.event()
    await #expect(throws: AuditFailure.self) { try await trail.append(event) }
    do {
      try await trail.append([event], ticket)
      Issue.record("a closed trail takes a record")
    } catch {}
    #expect(trail.admission.promisedBytes == 0)
  }

  @Test func roomThatWasSetAsideIsGivenBack() async throws {
    let place = try TrailPlace()
    let trail = try await place.open()
    try await trail.append(try Examples.event())
    let path = try place.onlyFile()
    #if os(Linux)
      #expect(try Self.bytesOnDisk(path) >= 1 << 20)
    #endif
    await trail.close()
    #expect(try Self.bytesOnDisk(path) < 1 << 16)
  }

  private static func bytesOnDisk(_ path: String) throws -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { throw POSIXError(.EIO) }
    return Int(status.st_blocks) * 512
  }
}
