// Log lines about a trail that fails, at a bounded rate: it may fail with every request.

import Logging

/// Logs at most a few failures in every window of time, and says how many were left out.
final class FailureLog: Sendable {
  private let logger: Logger
  private let allowance = LogAllowance(linesPerWindow: 3)
  /// Of their own: many failures in a row must not hide that they are over.
  private let recoveries = LogAllowance(linesPerWindow: 3)
  private let deletions = LogAllowance(linesPerWindow: 3)

  init(_ logger: Logger) { self.logger = logger }

  /// Logs why records are refused, unless this window has had its lines.
  func record(_ failure: AuditFailure) {
    guard let suppressed = allowance.take() else { return }
    logger.error(
      "audit records cannot be kept: requests are refused",
      metadata: ["reason": "\(failure)", "suppressed": "\(suppressed)"])
  }

  /// Logs that a file was deleted under the trail, unless this window has had its lines.
  func recordDeletion(of path: String) {
    guard let suppressed = deletions.take() else { return }
    logger.critical(
      "audit records are missing: their file was deleted, and the trail goes on behind them",
      metadata: ["file": "\(path)", "suppressed": "\(suppressed)"])
  }

  /// Logs that records are taken again, unless this window has had its lines.
  func recordRecovery() {
    guard recoveries.take() != nil else { return }
    logger.notice("audit records are kept again")
  }
}
