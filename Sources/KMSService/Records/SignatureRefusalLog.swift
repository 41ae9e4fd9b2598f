// Log lines about refused signatures, at a bounded rate: whoever has no access key must not be able to fill a disk.

import AWSSigV4
import KMSAudit
import Logging

/// Logs a few refused signatures in every window of time, and says how many were left out. All are counted in metrics.
final class SignatureRefusalLog: Sendable {
  private let logger: Logger
  private let allowance = LogAllowance(linesPerWindow: 5)

  init(logger: Logger) { self.logger = logger }

  /// Logs a refusal, unless this window has had its lines. Nothing that the sender wrote is in the line.
  func record(_ error: SignatureError, remoteAddress: String?, _ id: RequestID) {
    guard let suppressed = allowance.take() else { return }
    logger.info(
      "signature refused",
      metadata: [
        "request-id": "\(id)", "code": "\(error.code)", "remote": "\(remoteAddress ?? "-")",
        "suppressed": "\(suppressed)",
      ])
  }
}
