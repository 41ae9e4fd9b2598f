// Deletes keys whose waiting period has passed.

import KMSDomain
public import KMSOperations
public import Logging

/// Background work: looks for keys to delete at once and then again and again, until its task is cancelled.
public struct DeletionSchedule: Sendable {
  private let context: OperationContext
  private let interval: Duration
  private let logger: Logger

  /// A schedule that looks every `interval`.
  public init(context: OperationContext, interval: Duration = .seconds(60), logger: Logger) {
    self.context = context
    self.interval = interval
    self.logger = logger
  }

  /// Runs until cancelled. A look that fails is logged, and the next one tries again.
  public func run() async {
    while !Task.isCancelled {
      await deleteDueKeys()
      try? await Task.sleep(for: interval)
    }
  }

  func deleteDueKeys() async {
    do {
      for arn in try await context.keys.deleteDueKeys(now: context.now()) {
        logger.notice("key deleted after its waiting period", metadata: ["key": "\(arn)"])
      }
    } catch {
      logger.error(
        "keys could not be deleted", metadata: ["cause": "\(error.cause.map { "\($0)" } ?? "\(error.kind)")"])
    }
  }
}
