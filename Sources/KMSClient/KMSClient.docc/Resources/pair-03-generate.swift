// A data key pair, from its making to its use.

import KMSClient

@main
struct FirstPair {
  static func main() async throws {
    let kms = KMSClient(configuration: try await .default())

    let key = try await kms.createKey(description: "My first data key pair").keyMetadata
    print("wrapped by", key.arn)

    let context = ["tenant": "blue"]
    let pair = try await kms.generateDataKeyPairWithoutPlaintext(
      keyID: key.arn, keyPairSpec: .eccNISTP256, encryptionContext: context)
    print(pair.publicKeyPEM)

    try await kms.shutdown()
  }
}
