// How a trail is opened: its head, its last file, and room for what comes.

import Dispatch
import FoundationEssentials
import Logging

extension AuditTrail {
  /// A writer at the end of the trail.
  struct Opened: Sendable {
    let writer: RecordWriter
    /// Why no room could be set aside; nil when it could.
    let roomFailure: AuditFailure?
  }

  /// Finds the end of the trail, and opens its file. This blocks.
  static func open(
    _ recovery: TrailRecovery, after head: AuditHead, _ configuration: Configuration, _ failures: FailureLog, now: Date
  ) throws(AuditFailure) -> Opened {
    let end = try recovery.end(after: head)
    var writer = try RecordWriter(end, in: recovery.directory, chain: recovery.chain, configuration, failures, now: now)
    do throws(AuditFailure) {
      try writer.reserve(2 * Int64(configuration.reservedBytes))
      return Opened(writer: writer, roomFailure: nil)
    } catch {
      return Opened(writer: writer, roomFailure: error)
    }
  }

  /// The head in the store; of a new trail, the one that is saved there now. A trail that is new although one has
  /// begun before says so in its chain: see ``AuditChain/originAfterLoss``.
  static func head(
    in heads: any AuditHeadStore, _ chain: AuditChain, _ directory: AuditDirectory, hasBegun: Bool, _ logger: Logger,
    on queue: DispatchQueue
  ) async throws(AuditFailure) -> AuditHead {
    try directory.make()
    let saved: [UInt8]?
    do {
      saved = try await heads.load()
    } catch {
      throw .headUnavailable(reason: "\(error)")
    }
    if let saved {
      guard let head = AuditHead(saved, sealedBy: chain) else { throw .headNotAuthentic }
      return head
    }
    // What is not this trail's is not touched: it would look like a torn record, and be cut off.
    for file in try directory.files() where try directory.size(of: file) > 0 {
      throw .foreignRecords(path: directory.path(of: file))
    }
    var position = ChainPosition.origin
    if hasBegun {
      logger.critical("the audit trail is lost: its records and its head in the store are gone, and a new one begins")
      position.link = chain.originAfterLoss
    }
    let head = AuditHead(position: position, file: AuditFileName(firstSequence: position.next))
    try await run(on: queue) { () throws(AuditFailure) in try save(head, in: heads, chain) }
    return head
  }

  /// Hands a head to the store. This blocks.
  static func save(
    _ head: AuditHead, in heads: any AuditHeadStore, _ chain: AuditChain
  ) throws(AuditFailure) {
    do {
      try heads.save(head.sealed(by: chain))
    } catch {
      throw .headUnavailable(reason: "\(error)")
    }
  }
}
