// Where the trail goes on after a start: what a crash left half done is put right, what is missing is told.

import FoundationEssentials
import Logging

/// Finds the end of the trail in its files.
///
/// The head in the store is the last record that any caller relies on. Records behind it that continue the chain were
/// written just before a crash, and are kept; what does not continue it was being written, and is cut off. When the
/// head's record itself is gone, the trail goes on behind it all the same, in a new file: refusing to start would let
/// whoever can remove a file stop the service, and a verification names exactly what is missing.
struct TrailRecovery {
  /// The end of the trail.
  struct End {
    /// The last record.
    var position: ChainPosition
    /// The file that has the last record.
    var positionFile: AuditFileName
    /// The file to go on in and how long that is; nil to begin a new one. It may have no record yet.
    var file: (name: AuditFileName, length: Int64)?
    /// When that file was begun; nil when it has no record.
    var beginning: Date?
  }

  let directory: AuditDirectory
  let chain: AuditChain
  let logger: Logger

  /// Finds the end, starting from `head`.
  func end(after head: AuditHead) throws(AuditFailure) -> End {
    let files = try directory.files()
    var end = End(position: head.position, positionFile: head.file)
    if head.position.sequence > 0 {
      if files.contains(head.file), let length = try length(of: head.file, upTo: head.position) {
        end.file = (head.file, length)
        try adopt(from: head.file, at: length, &end)
      } else {
        logger.critical(
          "audit records are missing: the last ones that were written are not in the trail, which goes on behind them",
          metadata: ["file": "\(head.file)", "sequence": "\(head.position.sequence)"])
      }
    }
    // A file that begins where this one ends goes on with the chain.
    while true {
      let next = AuditFileName(firstSequence: end.position.next)
      guard files.contains(next), next != end.file?.name else { break }
      end.file = (next, 0)
      try adopt(from: next, at: 0, &end)
    }
    if let last = files.last, last.firstSequence > end.position.sequence, last != end.file?.name {
      logger.critical("there are audit files that do not go on with the trail", metadata: ["last": "\(last)"])
    }
    if let name = end.file?.name { end.beginning = try firstTime(in: name) }
    return end
  }

  /// How long the file is up to and including the record at `position`; nil if it does not have that record.
  private func length(of name: AuditFileName, upTo position: ChainPosition) throws(AuditFailure) -> Int64? {
    var reader = try LineReader(directory.path(of: name))
    while let line = try reader.next() {
      guard line.isComplete, let seal = AuditSeal.split(line.bytes)?.seal, seal.sequence == position.sequence else {
        continue
      }
      return seal.link == position.link ? line.next : nil
    }
    return nil
  }

  /// Takes in the records of the file from `offset` on that continue the chain. `end.file` is that file.
  private func adopt(from name: AuditFileName, at offset: Int64, _ end: inout End) throws(AuditFailure) {
    let before = end.position.sequence
    var length = offset
    var reader = try LineReader(directory.path(of: name))
    while let line = try reader.next() {
      guard line.start >= offset else { continue }
      guard line.isComplete, let (content, seal) = AuditSeal.split(line.bytes), seal.sequence == end.position.next,
        chain.link(after: end.position.link, sequence: seal.sequence, content: content) == seal.link
      else { break }
      end.position = ChainPosition(sequence: seal.sequence, link: seal.link)
      length = line.next
    }
    end.file = (name, length)
    let adopted = end.position.sequence - before
    if adopted > 0 {
      end.positionFile = name
      logger.notice(
        "audit records were written just before the service ended, and are kept",
        metadata: ["file": "\(name)", "records": "\(adopted)"])
    }
    let rest = try directory.size(of: name) - length
    if rest > 0 {
      logger.warning(
        "the end of an audit file is no whole record, and is cut off",
        metadata: ["file": "\(name)", "bytes": "\(rest)", "sequence": "\(end.position.next)"])
    }
  }

  private func firstTime(in name: AuditFileName) throws(AuditFailure) -> Date? {
    var reader = try LineReader(directory.path(of: name))
    return try reader.next().flatMap { AuditRecordTime.read($0.bytes) }
  }
}
