// Whose attestation documents the service believes, as a configuration says it.

import Foundation
import KMSService
import Logging
import NitroAttestation

/// The settings of attested recipients.
struct AttestationSettings {
  /// The files with the roots.
  let rootFiles: [String]
  /// How old a document may be, in seconds.
  let freshness: Int

  /// A document that lives longer than its certificate would not be believed anyway.
  private static let freshnessRange = 1...10_800

  init(_ settings: Settings) throws(CommandFailure) {
    rootFiles = settings.values("attestation-root")
    guard let freshness = Int(settings.value("attestation-freshness") ?? "300"),
      Self.freshnessRange.contains(freshness)
    else {
      throw CommandFailure(
        .usage,
        "attestation-freshness must be a number of seconds from \(Self.freshnessRange.lowerBound) to \(Self.freshnessRange.upperBound)"
      )
    }
    self.freshness = freshness
  }

  /// The verifier that trusts the roots of all files. The log tells which they are.
  func verifier(_ logger: Logger) throws(CommandFailure) -> AttestationVerifier {
    var roots: [AttestationRoot] = []
    for path in rootFiles {
      for root in try Self.roots(path) where !roots.contains(root) {
        roots.append(root)
        logger.notice(
          "attestation root",
          metadata: [
            "subject": "\(root.subject)", "sha256": "\(RegisterArgument.text(root.fingerprint))",
            "aws-nitro-enclaves": "\(root.isAWSNitroRoot)",
          ])
      }
    }
    return AttestationVerifier(roots: roots, freshness: .seconds(freshness))
  }

  /// The roots of one file. Whoever can write it can attest, so nobody but its owner may.
  static func roots(_ path: String) throws(CommandFailure) -> [AttestationRoot] {
    let file: OperatorFile
    do {
      file = try OperatorFile(path: path)
    } catch {
      throw CommandFailure(.noInput, "cannot read the attestation root \(path)")
    }
    guard !file.isWritableByOthers else {
      throw CommandFailure(
        .noPermission, "others can write to the attestation root \(path), which has mode \(file.mode) (chmod go-w)")
    }
    do throws(AttestationRoot.LoadingError) {
      return try AttestationRoot.load(pem: [UInt8](file.content))
    } catch {
      throw CommandFailure(.dataError, "\(path) cannot be an attestation root: \(error)")
    }
  }
}
