// The end of the trail: chains records, and writes them.

import FoundationEssentials

/// The place where the chain grows. Only one thread at a time has it.
struct RecordWriter: Sendable {
  private let directory: AuditDirectory
  private let chain: AuditChain
  private let configuration: AuditTrail.Configuration
  private let failures: FailureLog
  private var position: ChainPosition
  /// The file that has the record at `position`: not the one that is open while that has no record.
  private var positionFile: AuditFileName
  private var file: AuditFile
  /// When the file was begun.
  private var beginning: Date

  /// Goes on at `end`, of which what is no whole record is cut off.
  init(
    _ end: TrailRecovery.End, in directory: AuditDirectory, chain: AuditChain,
    _ configuration: AuditTrail.Configuration, _ failures: FailureLog, now: Date
  ) throws(AuditFailure) {
    self.directory = directory
    self.chain = chain
    self.configuration = configuration
    self.failures = failures
    position = end.position
    positionFile = end.positionFile
    if let (name, length) = end.file {
      file = try .resume(name, end: length, in: directory)
    } else {
      file = try .create(AuditFileName(firstSequence: end.position.next), in: directory)
    }
    beginning = end.beginning ?? now
  }

  /// The last record that has been written.
  var head: AuditHead { AuditHead(position: position, file: positionFile) }

  /// Room that is set aside, in bytes; nil where the file system does not do that.
  var available: Int64? { file.available }

  /// Chains the records, which are JSON objects, and has them on disk when it returns: all of them, or none.
  mutating func write(_ records: [[UInt8]], now: Date) throws(AuditFailure) {
    try replaceIfDeleted()
    rotateIfDue(now: now)
    var position = position
    var text: [UInt8] = []
    text.reserveCapacity(records.reduce(0) { $0 + $1.count + AuditSeal.maximumBytes })
    for record in records {
      let content = record.dropLast()  // its brace, which closes behind the seal
      position = ChainPosition(
        sequence: position.next, link: chain.link(after: position.link, sequence: position.next, content: content))
      AuditSeal(sequence: position.sequence, link: position.link).appendLine(of: content, to: &text)
    }
    if file.end == 0 { beginning = now }
    try file.append(text)
    self.position = position
    positionFile = file.name
  }

  /// Sets room aside for `count` bytes.
  mutating func reserve(_ count: Int64) throws(AuditFailure) { try file.reserve(count) }

  /// Gives back room that is set aside for more than `count` bytes.
  mutating func giveBack(beyond count: Int64) { file.giveBack(beyond: count) }

  /// Finds out whether `count` bytes could be written now.
  mutating func probe(_ count: Int) throws(AuditFailure) {
    try replaceIfDeleted()
    try file.probe(count)
  }

  /// Lets go of the file.
  mutating func release() { file.release() }

  /// Begins a new file when somebody has deleted this one, whose records are lost: those that come must not be, too.
  private mutating func replaceIfDeleted() throws(AuditFailure) {
    guard file.isDeleted else { return }
    try directory.make()
    var next = try AuditFile.create(AuditFileName(firstSequence: position.next), in: directory)
    do throws(AuditFailure) {
      try next.reserve(file.available ?? 0)
    } catch {
      next.remove()
      throw error
    }
    failures.recordDeletion(of: file.path)
    file.release()
    file = next
  }

  /// Begins a new file when this one is large or old enough. If that cannot be done now, this one grows on.
  private mutating func rotateIfDue(now: Date) {
    let age = now.timeIntervalSince(beginning)
    guard file.end > 0, file.end >= Int64(configuration.maximumFileBytes) || age >= configuration.maximumFileAge.seconds
    else {
      return
    }
    guard var next = try? AuditFile.create(AuditFileName(firstSequence: position.next), in: directory) else { return }
    // The requests that have been admitted rely on the room in the old file: it goes only when there is as much here.
    guard (try? next.reserve(file.available ?? 0)) != nil else {
      next.remove()
      return
    }
    file.release()
    file = next
    beginning = now
  }
}

extension Duration {
  /// In seconds.
  fileprivate var seconds: Double { self / .seconds(1) }
}
