// Whether the trail is whole: every record as it was written, in order, none missing, up to the head in the store.

public import FoundationEssentials
public import SecureMemory

/// A check of a trail's files, while the service runs or when it does not.
///
/// It reads the files once, front to back, in little memory. Read the head before: what is added meanwhile does no harm.
public struct AuditVerification: Sendable {
  /// What came out.
  public enum Outcome: Sendable {
    /// Every record is as it was written.
    case intact(records: UInt64, lastTime: Date?)
    /// The first thing that is wrong.
    case broken(Problem)
  }

  /// What is wrong, and where.
  public struct Problem: Error, Sendable, CustomStringConvertible {
    /// The file; nil when it is none in particular.
    public let file: String?
    /// The line in the file, from 1 on; nil when it is none in particular.
    public let line: Int?
    /// The number that the first record that is wrong should have; nil when it is none in particular.
    public let sequence: UInt64?
    /// What is wrong, in a few words.
    public let reason: String

    /// One line for the operator.
    public var description: String {
      let place = [
        file.map { "file \($0)" }, line.map { "line \($0)" }, sequence.map { "sequence \($0)" },
      ].compactMap(\.self).joined(separator: ", ")
      return place.isEmpty ? reason : "\(place): \(reason)"
    }
  }

  let directory: AuditDirectory
  let archives: [AuditDirectory]
  let chain: AuditChain
  private let head: [UInt8]?

  /// Prepares a check.
  ///
  /// - Parameters:
  ///   - directory: the trail's own.
  ///   - archives: other directories, which have older files.
  ///   - key: the audit key.
  ///   - head: the head, from the store. Without it nobody could say whether the last records are missing, so a trail
  ///     without one is not intact.
  public init(directory: String, archives: [String] = [], key: SecretBytes, head: [UInt8]?) {
    self.directory = AuditDirectory(path: directory)
    self.archives = archives.map { AuditDirectory(path: $0) }
    chain = AuditChain(key: key)
    self.head = head
  }

  /// Checks the trail. This reads all of its files: it takes a while, and blocks.
  ///
  /// - Throws: what keeps the files from being read.
  public func run() throws(AuditFailure) -> Outcome {
    var walk = VerificationWalk(chain: chain, head: nil)
    if let head {
      guard let opened = AuditHead(head, sealedBy: chain) else {
        return .broken(
          Problem(file: nil, line: nil, sequence: nil, reason: AuditFailure.headNotAuthentic.description))
      }
      walk = VerificationWalk(chain: chain, head: opened)
    }
    let files = try files()
    for (index, path) in files.enumerated() {
      guard let stop = try walk.read(path, isLast: index == files.count - 1) else { continue }
      return .broken(try problem(stop, among: files[index...]))
    }
    if let problem = walk.problemAtEnd(lastFile: files.last) { return .broken(problem) }
    if walk.isAfterLoss {
      return .broken(
        Problem(
          file: files.first, line: nil, sequence: ChainPosition.origin.next,
          reason: "an earlier trail was lost: this one, which is whole, began in its place"))
    }
    return .intact(records: walk.position.sequence, lastTime: walk.lastTime)
  }

  /// The paths of all files, in order. Of two of one name, that in the trail's own directory counts: the other may be
  /// an older copy.
  private func files() throws(AuditFailure) -> [String] {
    var paths: [AuditFileName: String] = [:]
    // A trail whose own directory was removed is not unreadable: its records are missing.
    for place in archives + (directory.isMissing ? [] : [directory]) {
      for name in try place.files() { paths[name] = place.path(of: name) }
    }
    return paths.sorted { $0.key < $1.key }.map(\.value)
  }

  /// Tells what is wrong where the walk stopped. A record that is not where it should be may be elsewhere.
  private func problem(
    _ stop: VerificationWalk.Stop, among files: ArraySlice<String>
  ) throws(AuditFailure) -> Problem {
    let reason: String
    switch stop.finding {
    case .wrong(let text): reason = text
    case .repeated(let found):
      reason = "record \(found) is out of order: it stands behind record \(stop.expected - 1)"
    case .ahead(let found):
      if try isThere(stop.expected, in: files) {
        reason = "record \(found) is out of order: it stands before record \(stop.expected)"
      } else {
        let place = stop.expected == 1 ? " at the start" : ""
        reason = Self.missing(from: stop.expected, to: found - 1) + place
      }
    }
    return Problem(file: stop.file, line: stop.line, sequence: stop.expected, reason: reason)
  }

  /// Whether a record of this number is in one of the files.
  private func isThere(_ sequence: UInt64, in files: ArraySlice<String>) throws(AuditFailure) -> Bool {
    for path in files {
      var reader = try LineReader(path)
      while let line = try reader.next() {
        if AuditSeal.split(line.bytes)?.seal.sequence == sequence { return true }
      }
    }
    return false
  }

  /// That records are missing.
  static func missing(from first: UInt64, to last: UInt64) -> String {
    first == last ? "record \(first) is missing" : "records \(first) to \(last) are missing"
  }
}
