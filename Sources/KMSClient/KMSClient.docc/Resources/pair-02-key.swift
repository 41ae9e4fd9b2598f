// A data key pair, from its making to its use.

import KMSClient

@main
struct FirstPair {
  static func main() async throws {
    let kms = KMSClient(configuration: try await .default())

    let key = try await kms.createKey(description: "My first data key pair").keyMetadata
    print("wrapped by", key.arn)

    try await kms.shutdown()
  }
}
