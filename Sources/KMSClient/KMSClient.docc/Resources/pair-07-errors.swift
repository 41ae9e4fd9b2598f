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

    do {
      let privateKey = try await kms.openPrivateKey(
        of: stored, as: P256.Signing.PrivateKey.self, encryptionContext: ["tenant": "red"])
      print(privateKey.publicKey.pemRepresentation)
    } catch {
      switch error {
      case .decrypt(.invalidCiphertext):
        print("another encryption context, or a damaged file")
      case .decrypt(.accessDenied(let refusal)):
        print("not allowed:", refusal.message ?? "no reason given", "request", refusal.requestID ?? "unknown")
      case .decrypt(.transport(let failure)):
        print("did not get through:", failure)
      case .decrypt(let other):
        print(other)
      case .key(let problem):
        print("not the key that was asked for:", problem)
      }
    }

    try await kms.shutdown()
  }
}
