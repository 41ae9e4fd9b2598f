// A data key pair, used again.

import Crypto
import Foundation
import KMSClient

@main
struct SignWithPair {
  static func main() async throws {
    let kms = KMSClient(configuration: try await .default())

    let file = URL(filePath: "pair.json")
    let stored = try JSONDecoder().decode(StoredKeyPair.self, from: Data(contentsOf: file))

    let privateKey = try await kms.openPrivateKey(
      of: stored, as: P256.Signing.PrivateKey.self, encryptionContext: ["tenant": "blue"])
    let message = Data("a message".utf8)
    let signature = try privateKey.signature(for: message)
    print(signature.derRepresentation.base64EncodedString())

    let publicKey = try stored.publicKey(as: P256.Signing.PublicKey.self)
    print("verified:", publicKey.isValidSignature(signature, for: message))

    try await kms.shutdown()
  }
}
