// Signatures by the service.

import Crypto
import KMSClient
import SecureMemory
import Testing

extension Scenario {
  private static let message = SecretBytes("signed by a KMS key".utf8)

  static let signing = [
    Scenario("the service verifies its own signatures") { kms in
      for (spec, algorithm) in [
        (KeySpec.eccNISTP256, SigningAlgorithm.ecdsaSHA256), (.eccNISTP384, .ecdsaSHA384), (.eccNISTP521, .ecdsaSHA512),
        (.eccSECGP256K1, .ecdsaSHA256), (.rsa2048, .rsassaPKCS1V15SHA256), (.rsa2048, .rsassaPSSSHA512),
      ] {
        let key = try await kms.makeKey(spec, for: .signVerify)
        let signed = try await kms.sign(keyID: key.keyID, message: message, signingAlgorithm: algorithm)
        #expect(signed.keyID == key.arn && signed.signingAlgorithm == algorithm)
        let verified = try await kms.verify(
          keyID: key.keyID, message: message, signature: signed.signature, signingAlgorithm: algorithm)
        #expect(verified.signatureValid)
      }
    },
    Scenario("a signature over something else is an error") { kms in
      let key = try await kms.makeKey(.eccNISTP256, for: .signVerify)
      let signed = try await kms.sign(keyID: key.keyID, message: message, signingAlgorithm: .ecdsaSHA256)
      await expectRefusal(VerifyError.self, { if case .kmsInvalidSignature = $0 { true } else { false } }) {
        _ = try await kms.verify(
          keyID: key.keyID, message: SecretBytes("another message".utf8), signature: signed.signature,
          signingAlgorithm: .ecdsaSHA256)
      }
    },
    Scenario("the signature of a digest is that of its message") { kms in
      let key = try await kms.makeKey(.eccNISTP256, for: .signVerify)
      let signed = try await kms.sign(
        keyID: key.keyID, message: digest, signingAlgorithm: .ecdsaSHA256, messageType: .digest)
      let verified = try await kms.verify(
        keyID: key.keyID, message: message, signature: signed.signature, signingAlgorithm: .ecdsaSHA256)
      #expect(verified.signatureValid)
    },
    Scenario("a signature is verified here") { kms in
      let key = try await kms.makeKey(.eccNISTP256, for: .signVerify)
      let signed = try await kms.sign(keyID: key.keyID, message: message, signingAlgorithm: .ecdsaSHA256)
      let publicKey = try await kms.publicKey(keyID: key.keyID)
      try publicKey.verify(signature: signed.signature, of: message, algorithm: .ecdsaSHA256)
    },
    Scenario("a key for encryption does not sign") { kms in
      let key = try await kms.makeKey()
      await expectRefusal(SignError.self, { if case .invalidKeyUsage = $0 { true } else { false } }) {
        _ = try await kms.sign(keyID: key.keyID, message: message, signingAlgorithm: .ecdsaSHA256)
      }
    },
  ]

  /// The SHA-256 digest of the message that the scenarios sign.
  static var digest: SecretBytes { SecretBytes(Array(SHA256.hash(data: message.array))) }

  /// The message that the scenarios sign.
  static var signedMessage: SecretBytes { message }
}
