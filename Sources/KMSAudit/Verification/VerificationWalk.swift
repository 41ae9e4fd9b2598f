// One walk over the records, from the first to the last.

import AWSJSON
import FoundationEssentials
import SecureMemory

/// Follows the chain through one file after another, until something is wrong.
struct VerificationWalk {
  /// Where a walk stopped, and at what.
  struct Stop {
    /// The file.
    let file: String
    /// The line in it, from 1 on.
    let line: Int
    /// The number of the record that should be there.
    let expected: UInt64
    /// What is there instead.
    let finding: Finding
  }

  /// What can be wrong with a line.
  enum Finding {
    /// A whole record with a later number.
    case ahead(UInt64)
    /// A whole record with a number that has been.
    case repeated(UInt64)
    /// Anything else, in words.
    case wrong(String)
  }

  /// How every record begins.
  private static let recordStart = Array(#"{"eventVersion":""#.utf8)

  let chain: AuditChain
  let head: AuditHead?
  /// The last record that is as it was written.
  private(set) var position = ChainPosition.origin
  /// Whether the trail began in place of one that was lost.
  private(set) var isAfterLoss = false
  private var lastLine: ArraySlice<UInt8>?

  init(chain: AuditChain, head: AuditHead?) {
    self.chain = chain
    self.head = head
    if let head, head.position.isOrigin { isAfterLoss = head.position.link == chain.originAfterLoss }
  }

  /// When the last record's event happened; nil without records.
  var lastTime: Date? { lastLine.flatMap { AuditRecordTime.read($0) } }

  /// Walks over a file; nil when all of its records are as they were written.
  mutating func read(_ path: String, isLast: Bool) throws(AuditFailure) -> Stop? {
    var reader = try LineReader(path)
    var number = 0
    while let line = try reader.next() {
      number += 1
      if !line.isComplete, isLast, isBeingWritten(line) { return nil }
      if let finding = check(line) {
        return Stop(file: path, line: number, expected: position.next, finding: finding)
      }
    }
    return nil
  }

  /// What is missing behind the last record, or whether that can be told at all.
  func problemAtEnd(lastFile: String?) -> AuditVerification.Problem? {
    guard let head else {
      return AuditVerification.Problem(
        file: lastFile, line: nil, sequence: nil,
        reason: "the store has no head: nobody can tell whether records are missing at the end")
    }
    guard position.sequence < head.position.sequence else { return nil }
    return AuditVerification.Problem(
      file: lastFile, line: nil, sequence: position.next,
      reason: AuditVerification.missing(from: position.next, to: head.position.sequence) + " at the end")
  }

  /// Whether the last line of the trail is one that nobody relies on yet: not whole, and behind the head.
  private func isBeingWritten(_ line: LineReader.Line) -> Bool {
    guard let head, position.sequence >= head.position.sequence, !line.isTooLong else { return false }
    return zip(line.bytes, Self.recordStart).allSatisfy { $0 == $1 }
  }

  /// What is wrong with the line, if anything; goes on to it when nothing is.
  private mutating func check(_ line: LineReader.Line) -> Finding? {
    let expected = position.next
    guard !line.isTooLong else { return .wrong("longer than any record") }
    guard line.isComplete else { return .wrong("cut off in the middle of a record") }
    guard let (content, seal) = AuditSeal.split(line.bytes) else {
      return .wrong(Self.isJSON(line.bytes) ? "edited: the record has no chain value" : "edited: not JSON of a record")
    }
    var link = chain.link(after: position.link, sequence: expected, content: content)
    var isLink = constantTimeEqual(link, seal.link)
    if !isLink, position.isOrigin {
      link = chain.link(after: chain.originAfterLoss, sequence: expected, content: content)
      isLink = constantTimeEqual(link, seal.link)
      if isLink { isAfterLoss = true }
    }
    guard seal.sequence == expected else {
      if isLink { return .wrong("edited: the record's number is \(seal.sequence)") }
      return seal.sequence < expected ? .repeated(seal.sequence) : .ahead(seal.sequence)
    }
    guard isLink else { return .wrong("edited: the record does not match its chain value") }
    if let head, head.position.sequence == expected, !constantTimeEqual(link, head.position.link) {
      return .wrong("edited: not the record that the head in the store names")
    }
    position = ChainPosition(sequence: expected, link: link)
    lastLine = line.bytes
    return nil
  }

  private static func isJSON(_ line: ArraySlice<UInt8>) -> Bool {
    var reader = JSONReader(Array(line))
    do throws(JSONError) {
      try reader.skipValue()
      try reader.finish()
      return true
    } catch {
      return false
    }
  }
}
