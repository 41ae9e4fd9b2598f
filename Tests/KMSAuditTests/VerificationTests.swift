// What a verification finds, whatever is done to the files.

import Foundation
import SecureMemory
import Testing

@testable import KMSAudit

@Suite struct VerificationTests {
  /// A trail of one file with so many records.
  private func trail(_ count: Int) async throws -> TrailPlace {
    let place = try TrailPlace()
    try await place.record(1...count)
    return place
  }

  /// A trail of three files with four records each.
  private func trailOfThreeFiles() async throws -> TrailPlace {
    let place = try TrailPlace()
    for start in [1, 5, 9] {
      try await place.record(start..<start + 4)
      place.advance(by: 100_000)
    }
    #expect(try place.files().count == 3)
    return place
  }

  private func edit(_ place: TrailPlace, file: Int = 0, _ body: (inout [Data]) -> Void) throws {
    let path = try place.files()[file]
    var lines = try Data(contentsOf: URL(filePath: path)).split(separator: UInt8(ascii: "\n")).map { Data($0) }
    body(&lines)
    try Data(lines.flatMap { $0 + [UInt8(ascii: "\n")] }).write(to: URL(filePath: path))
  }

  @Test func anIntactTrailHasItsRecordsAndTheTimeOfTheLast() async throws {
    let place = try await trailOfThreeFiles()
    guard case .intact(12, let time) = try place.verify() else {
      Issue.record("\(try place.verify())")
      return
    }
    #expect(time == Date(timeIntervalSince1970: 1_800_000_000))
    // A new trail.
    let empty = try TrailPlace()
    try await empty.record([])
    try empty.requireIntact(0)
  }

  @Test(arguments: 0..<4)
  func everyFlippedBitIsFound(line: Int) async throws {
    let place = try await trail(4)
    let path = try place.onlyFile()
    let whole = try Data(contentsOf: URL(filePath: path))
    let ends = whole.indices.filter { whole[$0] == UInt8(ascii: "\n") }
    let start = line == 0 ? 0 : ends[line - 1] + 1
    let sealStart = ends[line] - AuditSeal.maximumBytes
    for index in start...ends[line] where index >= sealStart || index % 3 == line % 3 {
      var altered = whole
      altered[index] ^= UInt8(1 << (index % 8))
      try altered.write(to: URL(filePath: path))
      let problem = try place.requireBroken()
      #expect(problem.line == line + 1 && problem.file == path && problem.sequence == UInt64(line + 1), "byte \(index)")
    }
  }

  @Test func aRenumberedRecordIsCalledEdited() async throws {
    let place = try await trail(3)
    try edit(place) {
      $0[1] = Data(String(decoding: $0[1], as: UTF8.self).replacing("\"sequence\":2", with: "\"sequence\":7").utf8)
    }
    #expect(try place.requireBroken().description.hasSuffix("line 2, sequence 2: edited: the record's number is 7"))
  }

  @Test func aRecordThatIsNoJSONIsCalledThat() async throws {
    let place = try await trail(3)
    try edit(place) { $0[1] = Data("nonsense".utf8) }
    #expect(try place.requireBroken().reason.contains("not JSON"))
    try edit(place) { $0[1] = Data("{}".utf8) }
    #expect(try place.requireBroken().reason.contains("no chain value"))
  }

  @Test(arguments: [
    (0, 0, 1, "record 1 is missing at the start"), (0, 2, 3, "record 3 is missing"),
    (1, 0, 5, "record 5 is missing"), (2, 2, 11, "record 11 is missing"), (2, 3, 12, "record 12 is missing at the end"),
  ])
  func aRemovedLineIsFound(file: Int, line: Int, sequence: UInt64, reason: String) async throws {
    let place = try await trailOfThreeFiles()
    try edit(place, file: file) { $0.remove(at: line) }
    let problem = try place.requireBroken()
    #expect(problem.sequence == sequence && problem.reason == reason)
    #expect(problem.file == (try place.files()[file]))
    #expect(problem.line == (sequence == 12 ? nil : line + 1))
  }

  @Test func severalRemovedLinesAreCounted() async throws {
    let place = try await trailOfThreeFiles()
    try edit(place, file: 2) { $0.removeLast(3) }
    #expect(try place.requireBroken().reason == "records 10 to 12 are missing at the end")
    try edit(place, file: 1) { $0.removeSubrange(1...2) }
    let problem = try place.requireBroken()
    #expect(problem.reason == "records 6 to 7 are missing" && problem.line == 2)
  }

  @Test func swappedLinesAreFound() async throws {
    let place = try await trail(5)
    try edit(place) { $0.swapAt(1, 2) }
    let problem = try place.requireBroken()
    #expect(problem.line == 2 && problem.sequence == 2)
    #expect(problem.reason == "record 3 is out of order: it stands before record 2")
  }

  @Test(arguments: [0, 2, 4])
  func aRepeatedLineIsFound(line: Int) async throws {
    let place = try await trail(5)
    try edit(place) { $0.insert($0[line], at: line + 1) }
    let problem = try place.requireBroken()
    #expect(problem.line == line + 2 && problem.sequence == UInt64(line + 2))
    #expect(problem.reason == "record \(line + 1) is out of order: it stands behind record \(line + 1)")
  }

  @Test(arguments: [
    (0, "records 1 to 4 are missing at the start"), (1, "records 5 to 8 are missing"),
    (2, "records 9 to 12 are missing at the end"),
  ])
  func aRemovedFileIsFoundUnlessAnArchiveHasIt(file: Int, reason: String) async throws {
    let place = try await trailOfThreeFiles()
    let archive = try TemporaryPlace()
    let path = try place.files()[file]
    try FileManager.default.moveItem(atPath: path, toPath: archive(URL(filePath: path).lastPathComponent))
    #expect(try place.requireBroken().reason == reason)
    try place.requireIntact(12, archives: [archive.path])
  }

  @Test func ofAFileInTwoPlacesThatOfTheTrailCounts() async throws {
    let place = try await trailOfThreeFiles()
    let archive = try TemporaryPlace()
    for path in try place.files() {
      try Data("half a li".utf8).write(to: URL(filePath: archive(URL(filePath: path).lastPathComponent)))
    }
    try place.requireIntact(12, archives: [archive.path])
  }

  @Test func filesInEachOthersPlaceAreFound() async throws {
    let place = try await trailOfThreeFiles()
    let files = try place.files()
    try FileManager.default.moveItem(atPath: files[1], toPath: files[1] + ".x")
    try FileManager.default.moveItem(atPath: files[2], toPath: files[1])
    try FileManager.default.moveItem(atPath: files[1] + ".x", toPath: files[2])
    #expect(try place.requireBroken().reason == "record 9 is out of order: it stands before record 5")
  }

  @Test func aRemovedDirectoryHasNoRecords() async throws {
    let place = try await trail(3)
    try FileManager.default.removeItem(atPath: place.directory)
    let problem = try place.requireBroken()
    #expect(problem.sequence == 1 && problem.reason == "records 1 to 3 are missing at the end")
  }

  @Test func withoutAHeadNobodyCanTell() async throws {
    let place = try await trail(3)
    let problem = try place.requireBroken(head: .some(nil))
    #expect(problem.reason.contains("no head"))
  }

  @Test func aHeadThatIsNoneIsFound() async throws {
    let place = try await trail(3)
    var head = try #require(place.heads.head)
    head[3] ^= 1
    #expect(try place.requireBroken(head: head).reason.contains("not authentic"))
    #expect(try place.requireBroken(head: []).reason.contains("not authentic"))
  }

  @Test func anotherKeyFindsNothingRight() async throws {
    let place = try await trail(3)
    #expect(try place.requireBroken(key: Examples.anotherKey).reason.contains("not authentic"))
    // Even if it comes with a head of its own.
    let other = try TrailPlace()
    let trail = try await other.open(key: Examples.anotherKey)
    await trail.close()
    #expect(try place.requireBroken(key: Examples.anotherKey, head: other.heads.head).line == 1)
  }

  @Test func anotherTrailUnderTheSameKeyIsNotTakenForThisOne() async throws {
    let place = try await trail(3)
    let other = try await trail(3)
    let problem = try place.requireBroken(head: other.heads.head)
    #expect(problem.line == 3 && problem.reason.contains("head"))
  }

  @Test(arguments: ["garbage", "garbage\n", "\n", "\0\0\0", "{}\n", "{\"eventVersion\":\"1.11\"}\n"])
  func garbageAtTheEndIsFound(garbage: String) async throws {
    let place = try await trail(3)
    try append(garbage, to: try place.onlyFile())
    let problem = try place.requireBroken()
    #expect(problem.line == 4 && problem.sequence == 4)
  }

  @Test func aRecordThatIsBeingWrittenDoesNoHarm() async throws {
    let place = try await trail(3)
    let head = place.heads.head
    let path = try place.onlyFile()
    let before = try Data(contentsOf: URL(filePath: path)).count
    try await place.record(4...4)
    let whole = try Data(contentsOf: URL(filePath: path))
    // However much of it is there, with the head of before.
    for count in stride(from: before, through: whole.count, by: 17) {
      try whole[..<count].write(to: URL(filePath: path))
      guard case .intact(3, _) = try place.verify(head: head) else {
        Issue.record("\(count - before) bytes: \(try place.verify(head: head))")
        continue
      }
    }
    try whole.write(to: URL(filePath: path))
    guard case .intact(4, _) = try place.verify(head: head) else {
      Issue.record("\(try place.verify(head: head))")
      return
    }
    // With its own head, a record that is cut off is missed.
    try whole[..<(whole.count - 1)].write(to: URL(filePath: path))
    let problem = try place.requireBroken()
    #expect(problem.line == 4 && problem.reason.contains("cut off"))
  }

  @Test func aFileThatIsCutOffInTheMiddleIsFound() async throws {
    let place = try await trailOfThreeFiles()
    let path = try place.files()[1]
    try Data(contentsOf: URL(filePath: path)).dropLast(10).write(to: URL(filePath: path))
    let problem = try place.requireBroken()
    #expect(problem.file == path && problem.line == 4 && problem.reason.contains("cut off"))
  }

  @Test func aLineWithoutAnEndIsNotReadWhole() async throws {
    let place = try await trail(1)
    let path = try place.onlyFile()
    try append("{\"eventVersion\":\"" + String(repeating: "x", count: 3 << 20) + "\n", to: path)
    #expect(try place.requireBroken().reason == "longer than any record")
    var reader = try LineReader(path)
    _ = try reader.next()
    let long = try #require(try reader.next())
    #expect(long.isTooLong && long.bytes.count < LineReader.maximumLineBytes + 100_000)
    #expect(try reader.next() == nil)
  }

  @Test func itCanRunWhileRecordsAreAdded() async throws {
    let place = try TrailPlace()
    let trail = try await place.open(AuditTrail.Configuration(maximumFileBytes: 20_000))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { for id in 0..<400 { try await trail.append(try Examples.event("\(id)")) } }
      group.addTask {
        for _ in 0..<15 {
          let head = place.heads.head
          guard case .intact = try place.verify(head: head) else {
            Issue.record("\(try place.verify(head: head))")
            return
          }
          try await Task.sleep(for: .milliseconds(5))
        }
      }
      try await group.waitForAll()
    }
    await trail.close()
    try place.requireIntact(400)
  }

  private func append(_ text: String, to path: String) throws {
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }
}
