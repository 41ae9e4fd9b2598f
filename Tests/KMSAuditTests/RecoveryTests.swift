// Starts after something went wrong.

import Foundation
import Logging
import SecureMemory
import Testing

@testable import KMSAudit

@Suite struct RecoveryTests {
  @Test(arguments: [1, 20, 400])
  func aTornRecordIsCutOff(length: Int) async throws {
    let place = try TrailPlace()
    try await place.record(1...3)
    let path = try place.onlyFile()
    let whole = try Data(contentsOf: URL(filePath: path))
    let head = place.heads.head
    try await place.record(4...4)
    try Data(contentsOf: URL(filePath: path))[..<(whole.count + length)].write(to: URL(filePath: path))
    place.heads.head = head

    try await place.record(5...6)
    #expect(try place.requestIDs() == ["1", "2", "3", "5", "6"])
    try place.requireIntact(5)
    #expect(place.log.texts(.warning).count == 1 && place.log.texts(.critical).isEmpty)
  }

  @Test func whatDoesNotContinueTheChainBehindTheHeadIsCutOff() async throws {
    let place = try TrailPlace()
    try await place.record(1...2)
    let path = try place.onlyFile()
    let whole = try Data(contentsOf: URL(filePath: path))
    // A whole line of another record, zeros as some file systems leave them, and a line again.
    try (whole + whole.prefix { $0 != 10 } + [10] + Data(count: 100) + [10] + whole).write(to: URL(filePath: path))
    try await place.record(3...3)
    try place.requireIntact(3)
    #expect(place.log.texts(.warning).count == 1)
  }

  @Test func recordsThatTheHeadDoesNotCoverAreKept() async throws {
    let place = try TrailPlace()
    try await place.record(1...2)
    let head = place.heads.head
    let configuration = AuditTrail.Configuration(maximumFileBytes: 2000)
    try await place.record(3...12, configuration)
    #expect(try place.files().count > 2)
    place.heads.head = head

    let trail = try await place.open(configuration)
    try place.requireIntact(12)
    await trail.close()
    try await place.record(13...14, configuration)
    try place.requireIntact(14)
    #expect(try place.requestIDs() == (1...14).map { "\($0)" })
    #expect(place.log.texts(.critical).isEmpty)
  }

  /// A crash just after a file was begun, before it had a record.
  @Test func theHeadNamesTheFileThatHasItsRecord() async throws {
    let place = try TrailPlace()
    try await place.record(1...1)
    let head = place.heads.head
    try await place.record(2...2)
    place.heads.head = head
    try Data().write(to: URL(filePath: place.directory + "/audit-000000000003.jsonl"))
    // The first start adopts record 2, and ends before it adds anything; so does the second.
    for _ in 1...2 { try await place.record([]) }
    try place.requireIntact(2)
    try await place.record(3...4)
    try place.requireIntact(4)
    #expect(place.log.texts(.critical).isEmpty)
  }

  @Test func theFirstRecordsAreKeptBeforeAnyHeadCoversThem() async throws {
    let place = try TrailPlace()
    try await place.record([])
    let head = place.heads.head
    try await place.record(1...2)
    place.heads.head = head
    try await place.record(3...3)
    try place.requireIntact(3)
  }

  @Test(arguments: [1, 2, 3])
  func theTrailGoesOnBehindRecordsThatWereRemoved(removed: Int) async throws {
    let place = try TrailPlace()
    try await place.record(1...3)
    let path = try place.onlyFile()
    let kept = try place.lines().prefix(3 - removed).map { $0 + "\n" }.joined()
    try Data(kept.utf8).write(to: URL(filePath: path))

    try await place.record(4...5)
    #expect(place.log.texts(.critical).count == 1)
    #expect(try place.requestIDs() == ["1", "2", "3"].dropLast(removed) + ["4", "5"])
    let problem = try place.requireBroken()
    let first = 4 - removed
    #expect(problem.sequence == UInt64(first))
    let missing = removed == 1 ? "record 3 is missing" : "records \(first) to 3 are missing"
    #expect(problem.reason == missing + (first == 1 ? " at the start" : ""))
    // Nothing more goes wrong with later starts.
    try await place.record(6...6)
    #expect(place.log.texts(.critical).count == 1)
    #expect(try place.requireBroken().reason == problem.reason)
  }

  @Test func theTrailGoesOnBehindARemovedFile() async throws {
    let place = try TrailPlace()
    try await place.record(1...3)
    try FileManager.default.removeItem(atPath: try place.onlyFile())
    try await place.record(4...4)
    #expect(place.log.texts(.critical).count == 1)
    #expect(try place.requireBroken().reason == "records 1 to 3 are missing at the start")
  }

  @Test func theTrailGoesOnBehindAnArchivedFile() async throws {
    let place = try TrailPlace()
    try await place.record(1...3)
    let archive = try TemporaryPlace()
    try FileManager.default.moveItem(atPath: try place.onlyFile(), toPath: archive("audit-000000000001.jsonl"))
    try await place.record(4...5)
    try place.requireIntact(5, archives: [archive.path])
  }

  @Test func theTrailGoesOnBehindAnEditedLastRecord() async throws {
    let place = try TrailPlace()
    try await place.record(1...3)
    let path = try place.onlyFile()
    var whole = try Data(contentsOf: URL(filePath: path))
    whole[whole.count - 10] ^= 1
    try whole.write(to: URL(filePath: path))
    try await place.record(4...4)
    #expect(place.log.texts(.critical).count == 1)
    let problem = try place.requireBroken()
    #expect(problem.sequence == 3 && problem.reason.hasPrefix("edited"))
  }

  @Test func aHeadThatIsNotAuthenticKeepsTheTrailClosed() async throws {
    let place = try TrailPlace()
    try await place.record(1...3)
    let before = try place.lines()
    for key in [Examples.anotherKey] {
      let error = await #expect(throws: AuditFailure.self) { _ = try await place.open(key: key) }
      guard case .headNotAuthentic = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
    #expect(try place.lines() == before)
  }

  @Test func recordsOfAnotherTrailAreLeftAlone() async throws {
    let place = try TrailPlace()
    try await place.record(1...3)
    let before = try place.lines()
    place.heads.head = nil
    let error = await #expect(throws: AuditFailure.self) { _ = try await place.open() }
    guard case .foreignRecords = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(try place.lines() == before)
    #expect(place.heads.head == nil)
  }

  @Test func aTrailThatIsGoneAltogetherIsMissed() async throws {
    let place = try TrailPlace()
    try await place.record(1...3)
    try FileManager.default.removeItem(atPath: place.directory)
    place.heads.head = nil

    // However often it starts, until it has a record, and after that.
    for _ in 1...2 {
      let trail = try await place.open(hasBegun: true)
      #expect(trail.lacksRecordOfLoss)
      await trail.close()
      let problem = try place.requireBroken()
      #expect(problem.sequence == 1 && problem.reason.contains("lost"))
    }
    #expect(place.log.texts(.critical).count == 1)
    var trail = try await place.open(hasBegun: true)
    try await trail.append(try Examples.event("1"))
    await trail.close()
    trail = try await place.open(hasBegun: true)
    #expect(!trail.lacksRecordOfLoss)
    try await trail.append(try Examples.event("2"))
    await trail.close()
    #expect(try place.requireBroken().reason.contains("lost"))
    #expect(place.log.texts(.critical).count == 1)
    // What is wrong with the new trail itself comes first.
    let path = try place.onlyFile()
    let whole = try Data(contentsOf: URL(filePath: path))
    try whole.prefix(whole.count - 20).write(to: URL(filePath: path))
    #expect(try place.requireBroken().sequence == 2)
    // Its first record cannot be taken off either.
    let second = try #require(whole.split(separator: 10).last)
    try (second + [10]).write(to: URL(filePath: path))
    #expect(try place.requireBroken().reason == "record 1 is missing at the start")
  }

  @Test func aTrailThatGoesOnIsNotLost() async throws {
    let place = try TrailPlace()
    let first = try await place.open()
    #expect(!first.lacksRecordOfLoss)
    await first.close()
    let trail = try await place.open(hasBegun: true)
    #expect(!trail.lacksRecordOfLoss)
    try await trail.append(try Examples.event("1"))
    await trail.close()
    try place.requireIntact(1)
    #expect(place.log.texts(.critical).isEmpty)
  }

  @Test(arguments: [
    ("/var/a b/audit", "/var/a b"), ("/ä%20/audit", "/ä%20"), ("/var/audit/", "/var"), ("/audit", "/"),
  ])
  func theDirectoryAboveIsFoundByItsPlainPath(path: String, parent: String) {
    let found = AuditDirectory.parent(of: path)
    #expect(found == parent || found == parent + "/")
  }

  @Test func aStoreWithoutAnAnswerKeepsTheTrailClosed() async throws {
    let place = try TrailPlace()
    place.heads.fails = true
    let error = await #expect(throws: AuditFailure.self) { _ = try await place.open() }
    guard case .headUnavailable = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aDirectoryThatIsNoneKeepsTheTrailClosed() async throws {
    let file = try TemporaryPlace()
    try Data().write(to: URL(filePath: file("f")))
    for path in [file("f"), file("a/b")] {
      let error = await #expect(throws: AuditFailure.self) { _ = try await TrailPlace(directory: path).open() }
      guard case .inaccessible = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
    }
  }
}
