// Customers' tokens, each sealed for its customer.

import KMSClient

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
