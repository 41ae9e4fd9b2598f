// Tests of the vault, against a KMS in their own process.

import KMSClientTesting
import Testing

@Suite struct TokenVaultTests {
  @Test("A token is opened for its customer, and for nobody else")
  func bound() async throws {
    let kms = try await TestKMS()
    let key = try await kms.client().createKey().keyMetadata
    let vault = TokenVault(kms: kms.client(), keyID: key.arn)

    let sealed = try await vault.seal(SecretBytes("token".utf8), for: "blue")

    #expect(try await vault.open(sealed, of: "blue") == SecretBytes("token".utf8))
    await #expect(throws: TokenVault.Failure.notThisCustomers) { try await vault.open(sealed, of: "red") }
  }

  @Test("A key that is to be deleted opens nothing, and after its waiting period it is gone")
  func deletion() async throws {
    let kms = try await TestKMS()
    let client = kms.client()
    let key = try await client.createKey().keyMetadata
    let vault = TokenVault(kms: client, keyID: key.arn)
    let sealed = try await vault.seal(SecretBytes("token".utf8), for: "blue")

    _ = try await client.scheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7)
    await #expect(throws: TokenVault.Failure.keyOutOfUse) { try await vault.open(sealed, of: "blue") }

    await kms.advance(days: 8)
    await #expect(throws: DescribeKeyError.self) { try await client.describeKey(keyID: key.keyID) }
  }
}

struct TokenVault: Sendable {
  enum Failure: Error, Equatable {
    case notThisCustomers, keyOutOfUse, tryAgainLater, other
  }

  let kms: KMSClient
  let keyID: String

  func seal(_ token: SecretBytes, for customer: String) async throws(Failure) -> [UInt8] {
    do {
      let reply = try await kms.encrypt(
        keyID: keyID, plaintext: token, encryptionContext: ["customer": customer])
      return reply.ciphertextBlob
    } catch {
      switch error {
      case .disabled, .kmsInvalidState: throw .keyOutOfUse
      case .throttling, .transport, .timeout: throw .tryAgainLater
      default: throw .other
      }
    }
  }

  func open(_ sealed: [UInt8], of customer: String) async throws(Failure) -> SecretBytes {
    let reply: DecryptOutput
    do {
      reply = try await kms.decrypt(
        ciphertextBlob: sealed, encryptionContext: ["customer": customer], keyID: keyID)
    } catch {
      switch error {
      case .invalidCiphertext, .incorrectKey: throw .notThisCustomers
      case .disabled, .kmsInvalidState: throw .keyOutOfUse
      case .throttling, .transport, .timeout: throw .tryAgainLater
      default: throw .other
      }
    }
    guard let token = reply.plaintext else { throw .other }
    return token
  }
}
