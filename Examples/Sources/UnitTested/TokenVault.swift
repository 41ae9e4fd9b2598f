// Code that uses KMS, small enough to see how it is tested: `Tests/UnitTestedTests`.

import KMSClient

/// Keeps customers' tokens: encrypted under one KMS key, each bound to its customer.
public struct TokenVault: Sendable {
  /// Why a token is not there.
  public enum Failure: Error, Equatable {
    /// The token was sealed for somebody else, or is damaged.
    case notThisCustomers
    /// The key cannot be used: somebody has disabled it or wants it deleted.
    case keyOutOfUse
    /// Not now.
    case tryAgainLater
    /// Nothing that trying again would help.
    case other(String)
  }

  private let kms: KMSClient
  private let keyID: String

  public init(kms: KMSClient, keyID: String) {
    self.kms = kms
    self.keyID = keyID
  }

  /// Encrypts a token for a customer.
  public func seal(_ token: SecretBytes, for customer: String) async throws(Failure) -> [UInt8] {
    do {
      return try await kms.encrypt(
        keyID: keyID, plaintext: token, encryptionContext: ["customer": customer]
      ).ciphertextBlob
    } catch {
      switch error {
      case .disabled, .kmsInvalidState: throw .keyOutOfUse
      case .throttling, .transport, .timeout, .serviceUnavailable: throw .tryAgainLater
      default: throw .other("\(error)")
      }
    }
  }

  /// Decrypts a customer's token.
  public func open(_ sealed: [UInt8], of customer: String) async throws(Failure) -> SecretBytes {
    let reply: DecryptOutput
    do {
      reply = try await kms.decrypt(
        ciphertextBlob: sealed, encryptionContext: ["customer": customer], keyID: keyID)
    } catch {
      switch error {
      case .invalidCiphertext, .incorrectKey: throw .notThisCustomers
      case .disabled, .kmsInvalidState: throw .keyOutOfUse
      case .throttling, .transport, .timeout, .serviceUnavailable: throw .tryAgainLater
      default: throw .other("\(error)")
      }
    }
    guard let token = reply.plaintext else { throw .other("a reply without plaintext") }
    return token
  }
}
