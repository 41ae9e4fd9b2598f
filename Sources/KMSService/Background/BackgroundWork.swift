// What time brings: deletions, rotations, the end of imported material; and notes of use that are to be kept.

import FoundationEssentials
public import KMSAudit
import KMSDomain
public import KMSOperations
public import Logging

/// Does what is due, at once and then again and again, until its task is cancelled.
///
/// What is due is read from the store each time, so nothing is lost by a restart, and a clock that jumps forward makes
/// it due at once.
public struct BackgroundWork: Sendable {
  private let context: OperationContext
  private let trail: AuditTrail?
  private let interval: Duration
  private let logger: Logger

  /// Work that looks for what is due every `interval`, and leaves records of it in `trail`.
  public init(
    context: OperationContext, trail: AuditTrail? = nil, interval: Duration = .seconds(10), logger: Logger
  ) {
    self.context = context
    self.trail = trail
    self.interval = interval
    self.logger = logger
  }

  /// Runs until cancelled. Whatever fails is logged, and tried again the next time.
  public func run() async {
    while !Task.isCancelled {
      await doWhatIsDue()
      try? await Task.sleep(for: interval)
    }
  }

  /// Does everything that is due now.
  public func doWhatIsDue() async {
    let keys = context.keys
    await change(
      "key deleted after its waiting period", recordedAs: "DeleteKey",
      { now throws(Fault) in try await keys.deleteDueKeys(now: now) })
    await change(
      "key rotated", recordedAs: "RotateKey", { now throws(Fault) in try await keys.rotateDueKeys(now: now) })
    await change(
      "imported key material expired", recordedAs: "DeleteExpiredKeyMaterial",
      { now throws(Fault) in try await keys.removeExpiredMaterial(now: now) })
    await keepUsage()
  }

  /// Writes down when keys were last used. Call it once more before the store closes.
  public func keepUsage() async {
    do {
      try await context.usage.flush(to: context.keys.store)
    } catch {
      log(error, "the last uses of keys could not be written")
    }
  }

  /// Makes one kind of change, and says which keys it was made to.
  private func change(
    _ event: Logger.Message, recordedAs name: String, _ change: (Date) async throws(Fault) -> DueWork
  ) async {
    do {
      let work = try await change(context.now())
      for key in work.done {
        logger.notice(event, metadata: ["key": "\(key.arn)"])
        await record(name, of: key)
      }
      for (key, fault) in work.failures { log(fault, "background work failed: \(event)", key: key) }
    } catch {
      log(error, "background work failed: \(event)")
    }
  }

  /// Leaves a record of what was done to a key. What cannot be recorded is done all the same: time does not wait.
  ///
  /// The record comes second, so that there is one for each deed and none for what was not done. A process that is
  /// killed in between leaves none; the key itself and the log line before still tell.
  private func record(_ name: String, of key: Key) async {
    guard let trail else { return }
    let events = AuditEvent.serviceEvents(name, on: key, time: context.now().timeIntervalSince1970)
    do {
      for event in events { try await trail.append(event) }
    } catch {
      logger.error("not recorded", metadata: ["event": "\(name)", "key": "\(key.arn)", "cause": "\(error)"])
    }
  }

  private func log(_ fault: Fault, _ message: Logger.Message, key: KeyName? = nil) {
    var metadata: Logger.Metadata = ["cause": "\(fault.cause.map { "\($0)" } ?? fault.kind.rawValue)"]
    if let key { metadata["key"] = "\(key.region) \(key.id)" }
    logger.error(message, metadata: metadata)
  }
}
