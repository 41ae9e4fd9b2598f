// What the service knows of KMS.

import Crypto
import Hummingbird
import KMSClient

/// Signs with an ECDSA key that has an alias.
struct Signer {
  let kms: KMSClient
  let alias: String

  /// Makes the key, if nothing has this alias yet.
  func makeKeyIfNeeded() async throws {
    do throws(DescribeKeyError) {
      _ = try await kms.describeKey(keyID: alias)
    } catch .notFound {
      let key = try await kms.createKey(keyUsage: .signVerify, keySpec: .eccNISTP256).keyMetadata
      _ = try await kms.createAlias(aliasName: alias, targetKeyID: key.keyID)
    }
  }

  /// The public key, PEM.
  func publicKeyPEM() async throws -> String {
    try await kms.getPublicKey(keyID: alias).publicKeyPEM
  }

  /// A signature of `message`, DER. Only the message's digest goes to KMS.
  func sign(_ message: [UInt8]) async throws -> [UInt8] {
    let digest = SecretBytes(Array(SHA256.hash(data: message)))
    do throws(SignError) {
      return try await kms.sign(
        keyID: alias, message: digest, signingAlgorithm: .ecdsaSHA256, messageType: .digest
      ).signature
    } catch .throttling, .transport, .timeout, .serviceUnavailable, .keyUnavailable {
      // The client has tried more than once: time to tell whoever asks to come back later.
      throw HTTPError(.serviceUnavailable)
    }
  }
}
