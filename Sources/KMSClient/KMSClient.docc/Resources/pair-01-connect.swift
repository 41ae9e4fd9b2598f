// A data key pair, from its making to its use.

import KMSClient

@main
struct FirstPair {
  static func main() async throws {
    let kms = KMSClient(configuration: try await .default())

    try await kms.shutdown()
  }
}
