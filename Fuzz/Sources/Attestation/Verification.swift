// What the documents are measured by: a verifier that believes some of the seeds, and a key that it must not believe.

import Crypto
import Foundation
import SecureMemory

@testable import NitroAttestation

/// The roots and the time of `Tests/NitroAttestationTests/Vectors/documents.json`, whose documents are the seeds. Their
/// private keys were never kept.
struct Verification {
  private struct File: Decodable {
    let now: Int
    let roots: [Data]
  }

  let secret = SecretBytes("a data key of thirty-two bytes!!".utf8)
  private let key = P384.Signing.PrivateKey()
  // Bytes alone, neither certificates nor `Data`: LeakSanitizer does not see through the tags in their pointers.
  private let roots: [[UInt8]]
  private let now: Date

  /// Of a key that no certificate has.
  var publicKey: P384.Signing.PublicKey { key.publicKey }

  init() {
    let repository = (0..<4).reduce(URL(filePath: #filePath)) { folder, _ in folder.deletingLastPathComponent() }
    let vectors = repository.appending(path: "Tests/NitroAttestationTests/Vectors/documents.json")
    let file = mustSucceed("the roots of the seeds are read") { () throws in
      try JSONDecoder().decode(File.self, from: Data(contentsOf: vectors))
    }
    roots = file.roots.map { [UInt8]($0) }
    now = Date(timeIntervalSince1970: Double(file.now) / 1000)
  }

  func sign(_ payload: [UInt8]) -> COSESign1 {
    mustSucceed("a payload is signed") { () throws in try COSESign1(signing: payload, with: key) }
  }

  /// What is believed of `document`, if it is.
  func believed(_ document: [UInt8]) -> VerifiedAttestation? {
    let verifier = mustSucceed("the roots of the seeds are roots") { () throws(AttestationRoot.LoadingError) in
      AttestationVerifier(
        roots: try roots.map { root throws(AttestationRoot.LoadingError) in try AttestationRoot(der: root) })
    }
    return ThreadBoundWork.run { [now] in try? await verifier.verify(document, at: now) }
  }
}
