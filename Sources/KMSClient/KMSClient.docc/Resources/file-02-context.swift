// A file under a KMS key.

import KMSClient

@main
struct Backup {
  static func main() async throws {
    let kms = KMSClient(configuration: try await .default())
    let encryptor = EnvelopeEncryptor(kms: kms, keyID: "1234abcd-12ab-34cd-56ef-1234567890ab")

    let context = ["purpose": "backup", "host": "db-7"]
    try await encryptor.sealFile(at: "backup.tar", to: "backup.tar.sealed", encryptionContext: context)

    try await kms.shutdown()
  }
}
