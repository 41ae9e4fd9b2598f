// A key that signs documents although nobody vouches for it, and a verifier that must notice.

import Crypto
import Dispatch
import Foundation
@testable import NitroAttestation
import SecureMemory

struct Attester {
  let secret = SecretBytes("a data key of thirty-two bytes!!".utf8)
  private let key = P384.Signing.PrivateKey()
  private let verifier: AttestationVerifier

  var publicKey: P384.Signing.PublicKey { key.publicKey }

  /// The root's certificate in the seeds is another's, whose private key is gone.
  init() {
    let (certificate, _) = mustSucceed("a root is made") { () throws(SoftwareAttester.Failure) in
      try SoftwareAttester.createRoot(commonName: "fuzzing", at: Date())
    }
    let roots = mustSucceed("a made root is a root") { () throws(AttestationRoot.LoadingError) in
      try AttestationRoot.load(pem: certificate)
    }
    verifier = AttestationVerifier(roots: roots, freshness: .seconds(1 << 40), futureTolerance: .seconds(1 << 60))
  }

  func sign(_ payload: [UInt8]) -> COSESign1 {
    mustSucceed("a payload is signed") { () throws in try COSESign1(signing: payload, with: key) }
  }

  /// Whether the verifier refuses `document`, in words of a reasonable length.
  func disbelieves(_ document: [UInt8]) -> Bool {
    let (verifier, outcome, done) = (verifier, Outcome(), DispatchSemaphore(value: 0))
    Task.detached {
      do throws(AttestationError) {
        _ = try await verifier.verify(document, at: Date())
      } catch {
        outcome.refusal = error.description
      }
      done.signal()
    }
    done.wait()
    return outcome.refusal.map { (1...200).contains($0.utf8.count) } ?? false
  }

  // Sound as Sendable: written before the signal, read after it.
  private final class Outcome: @unchecked Sendable { var refusal: String? }
}
