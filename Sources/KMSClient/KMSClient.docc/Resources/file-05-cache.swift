// Many files under one KMS key.

import KMSClient

@main
struct Backup {
  static func main() async throws {
    let kms = KMSClient(configuration: try await .default())
    let cache = DataKeyCache(limits: DataKeyCache.Limits(age: .seconds(60), messages: 1_000))
    let encryptor = EnvelopeEncryptor(
      kms: kms, keyID: "1234abcd-12ab-34cd-56ef-1234567890ab", cache: cache)

    let context = ["purpose": "backup", "host": "db-7"]
    for file in ["accounts", "orders", "invoices"] {
      try await encryptor.sealFile(at: file, to: "\(file).sealed", encryptionContext: context)
    }

    try await kms.shutdown()
  }
}
