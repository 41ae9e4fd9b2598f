// A file under a KMS key.

import KMSClient

@main
struct Backup {
  static func main() async throws {
    let kms = KMSClient(configuration: try await .default())
    let encryptor = EnvelopeEncryptor(kms: kms, keyID: "1234abcd-12ab-34cd-56ef-1234567890ab")

    let context = ["purpose": "backup", "host": "db-7"]
    do {
      try await encryptor.openFile(at: "backup.tar.sealed", to: "restored.tar", encryptionContext: context)
    } catch {
      switch error {
      case .truncated:
        print("the file ends too early: was it copied to its end?")
      case .authentication, .wrongKeyCommitment:
        print("the file, or the encryption context, is not what it was")
      case .decrypt(let refusal):
        print("KMS did not open the data key:", refusal)
      default:
        print(error)
      }
    }

    try await kms.shutdown()
  }
}
