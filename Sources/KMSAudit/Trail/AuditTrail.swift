// The audit trail: every record on disk, chained to the last, before its caller goes on.

import Dispatch
public import FoundationEssentials
public import Logging
public import SecureMemory
import Synchronization

/// A trail of records in the files of a directory.
///
/// Records that come while others are being written wait, and are written together with one sync. Then the head, which
/// covers them all, goes to the store. Only when both have happened do their callers go on, and the next group is
/// begun: see ``GroupGathering``. A trail that fails refuses new requests, and recovers by itself.
public final class AuditTrail: Sendable {
  /// When a new file is begun, and how much room is kept.
  public struct Configuration: Sendable {
    /// How large a file may grow, in bytes, before another one is begun.
    public var maximumFileBytes: Int
    /// How old a file may become before another one is begun.
    public var maximumFileAge: Duration
    /// How much room is set aside on disk beyond the records that are due, in bytes.
    public var reservedBytes: Int

    /// Sets all three.
    public init(
      maximumFileBytes: Int = 64 << 20, maximumFileAge: Duration = .seconds(86_400), reservedBytes: Int = 1 << 20
    ) {
      self.maximumFileBytes = maximumFileBytes
      self.maximumFileAge = maximumFileAge
      self.reservedBytes = reservedBytes
    }
  }

  let chain: AuditChain
  let heads: any AuditHeadStore
  let configuration: Configuration
  let failures: FailureLog
  let now: @Sendable () -> Date
  /// Writes records and saves heads. Whatever touches the files runs here, one after the other.
  let queue = DispatchQueue(label: "audit")
  /// Only the queue's work takes this lock, so it never waits.
  let writer: Mutex<RecordWriter>
  let state: Mutex<TrailState>
  /// Whether this trail began in place of one that was lost and its first record, which should tell of that, is due.
  public let lacksRecordOfLoss: Bool

  /// Opens the trail in `directory`, and finds out where it goes on.
  ///
  /// - Parameters:
  ///   - directory: made, with mode 0700, if it is missing. Its files have mode 0600.
  ///   - key: the audit key, without which records cannot be altered unnoticed.
  ///   - heads: where the head is kept, away from the files.
  ///   - hasBegun: whether a trail has been begun before, as far as anybody remembers who can be trusted. If there is
  ///     no head then, that trail is lost: the new one never verifies as intact.
  ///   - configuration: when a new file is begun.
  ///   - logger: hears of what a start puts right, what is missing, and what fails.
  ///   - now: the time of day.
  /// - Throws: what keeps the trail from being opened. A disk without room does not.
  public init(
    directory: String, key: SecretBytes, heads: any AuditHeadStore, hasBegun: Bool = false,
    configuration: Configuration = Configuration(), logger: Logger, now: @escaping @Sendable () -> Date
  ) async throws(AuditFailure) {
    let directory = AuditDirectory(path: directory)
    let chain = AuditChain(key: key)
    let head = try await Self.head(in: heads, chain, directory, hasBegun: hasBegun, logger, on: queue)
    let failures = FailureLog(logger)
    let recovery = TrailRecovery(directory: directory, chain: chain, logger: logger)
    let opened = try await Self.run(on: queue) { () throws(AuditFailure) -> Opened in
      try Self.open(recovery, after: head, configuration, failures, now: now())
    }
    self.chain = chain
    self.heads = heads
    self.configuration = configuration
    self.now = now
    self.failures = failures
    writer = Mutex(opened.writer)
    state = Mutex(
      TrailState(
        admission: TrailAdmission(
          headroom: configuration.reservedBytes, available: opened.writer.available,
          lacksRoom: opened.roomFailure != nil)))
    let end = opened.writer.head.position
    lacksRecordOfLoss = end.isOrigin && end.link == chain.originAfterLoss
    if let failure = opened.roomFailure { failures.record(failure) }
    if end.sequence != head.position.sequence {
      try await Self.run(on: queue) { () throws(AuditFailure) in try Self.save(opened.writer.head, in: heads, chain) }
    }
  }

  deinit { writer.withLock { $0.release() } }

  /// Asks, before any work is done for a request, whether its record will be kept.
  ///
  /// Who has been admitted can leave a record of `bytes` even if the disk fills up meanwhile, where the file system
  /// can set room aside. If it has not set aside enough yet, this waits until it has, or cannot.
  ///
  /// - Throws: ``AuditFailure/suspended`` or ``AuditFailure/closed``; the request is to be refused.
  public func admit(bytes: Int) async throws(AuditFailure) -> AuditTicket {
    let bytes = Int64(max(bytes, 0))
    let decision: TrailAdmission.Decision? = state.withLock { state in
      guard !state.isClosing else { return nil }
      return state.admission.admit(bytes, trailFails: state.isFailing, now: .now)
    }
    guard let decision else { throw .closed }
    start(decision.task)
    switch decision.answer {
    case .admitted: break
    case .waits: if let failure = await waitForRoom(bytes) { throw failure }
    case .refused: throw .suspended
    }
    return AuditTicket(bytes, of: self)
  }

  /// Whether a usual request would be admitted now or in a moment.
  ///
  /// Asking also has a trail that fails tried again, now and then, so that one that is only asked recovers too.
  public var isTaking: Bool {
    let (isTaking, task) = state.withLock { state in
      guard !state.isClosing else { return (false, nil as TrailAdmission.Task?) }
      let decision = state.admission.admit(Self.usualRecordBytes, trailFails: state.isFailing, now: .now)
      switch decision.answer {
      case .admitted:
        state.admission.release(Self.usualRecordBytes)
        return (true, decision.task)
      case .waits: return (!state.admission.lacksRoom, state.admission.awaitRoom(0, now: .now))
      case .refused: return (false, decision.task)
      }
    }
    start(task)
    return isTaking
  }

  /// No request without uncommonly long parameters asks for more room, in bytes.
  private static let usualRecordBytes: Int64 = 32 << 10

  /// Adds the records of one request. They are durable when this returns, and their loss would be noticed. Cancelling
  /// the task changes nothing.
  ///
  /// - Parameters:
  ///   - events: what happened, one record each.
  ///   - ticket: what this trail has given to whoever did it.
  /// - Throws: why the records are not kept; what they are about is to be refused.
  public func append(_ events: [AuditEvent], _ ticket: consuming AuditTicket) async throws(AuditFailure) {
    try await append(events, promised: ticket.redeem())
  }

  /// Adds a record of something that nobody asked room for. It is durable when this returns.
  ///
  /// - Throws: why the record is not kept.
  public func append(_ event: AuditEvent) async throws(AuditFailure) {
    try await append([event], promised: 0)
  }

  private func append(_ events: [AuditEvent], promised: Int64) async throws(AuditFailure) {
    let records = events.map { $0.encoded() }
    let failure = await withCheckedContinuation { waiter in
      enqueue(TrailState.Entry(records: records, waiter: waiter), promised: promised)
    }
    if let failure { throw failure }
  }

  /// How many records wait to be written, or for the head that covers them.
  public var queueDepth: Int { state.withLock { $0.queueDepth } }

  /// Takes no more records, and waits for those it has. A second call waits too.
  public func close() async {
    await withCheckedContinuation { closer in
      let (step, idle) = state.withLock { state in
        let step = state.close(closer)
        return (step, state.takeClosersIfIdle())
      }
      take(step)
      for closer in idle { closer.resume() }
    }
    await Self.run(on: queue) {
      if let head = self.state.withLock({ $0.failedHead }) { try? Self.save(head, in: self.heads, self.chain) }
      self.writer.withLock { $0.release() }
    }
  }

  /// Does `work`, which blocks, on the queue.
  static func run<Value: Sendable, Failure: Error>(
    on queue: DispatchQueue, _ work: @escaping @Sendable () throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let result: Result<Value, Failure> = await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: Result(catching: work)) }
    }
    return try result.get()
  }
}
