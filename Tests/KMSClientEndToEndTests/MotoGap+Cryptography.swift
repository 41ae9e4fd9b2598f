// moto's differences about encryption, data keys, signatures and MACs.

import Crypto
import CryptoExtras
import KMSClient
import SecureMemory
import Testing

extension MotoGap {
  static let encryption = [
    MotoGap("every ciphertext and plaintext comes with its algorithm", .leavesOutEnumerations) { kms in
      let (source, target) = (try await kms.makeKey(), try await kms.makeKey())
      let sealed = try await kms.encrypt(keyID: source.keyID, plaintext: SecretBytes("a secret".utf8))
      #expect(sealed.encryptionAlgorithm == .unknown(""))
      let moved = try await kms.reEncrypt(destinationKeyID: target.keyID, ciphertextBlob: sealed.ciphertextBlob)
      #expect(moved.sourceEncryptionAlgorithm == .unknown("") && moved.destinationEncryptionAlgorithm == .unknown(""))
      let opened = try await kms.decrypt(ciphertextBlob: moved.ciphertextBlob)
      #expect(opened.encryptionAlgorithm == .unknown(""))
    },
    MotoGap("a ciphertext is not opened with another key", .otherError) { kms in
      let (key, other) = (try await kms.makeKey(), try await kms.makeKey())
      let dataKey = try await kms.generateDataKeyWithoutPlaintext(keyID: key.keyID, size: .keySpec(.aes256))
      await expectRefusal(DecryptError.self, { if case .accessDenied = $0 { true } else { false } }) {
        _ = try await kms.decrypt(ciphertextBlob: dataKey.ciphertextBlob, keyID: other.keyID)
      }
    },
    MotoGap("what was encrypted here under a public RSA key is decrypted by the service", .ignoresKeySpec) { kms in
      let key = try await kms.makeKey(.rsa2048)
      // Nor does the client know how to encrypt here, because the answer leaves out the key's spec.
      let publicKey = try await kms.publicKey(keyID: key.keyID)
      #expect(throws: PublicKeyError.unsupportedAlgorithm("RSAES_OAEP_SHA_256")) {
        try publicKey.encrypt(SecretBytes("under a public key".utf8), algorithm: .rsaesOAEPSHA256)
      }
      let answer = try await kms.getPublicKey(keyID: key.keyID)
      let rsa = try _RSA.Encryption.PublicKey(derRepresentation: answer.publicKey)
      let sealed = try rsa.encrypt(Array("under a public key".utf8), padding: .PKCS1_OAEP_SHA256)
      await expectRefusal(DecryptError.self, { if case .invalidCiphertext = $0 { true } else { false } }) {
        _ = try await kms.decrypt(
          ciphertextBlob: Array(sealed), keyID: key.keyID, encryptionAlgorithm: .rsaesOAEPSHA256)
      }
    },
    MotoGap("a data key pair signs here, and is opened again", .notImplemented) { kms in
      let key = try await kms.makeKey()
      await expectRefusal(
        GenerateDataKeyPairError.self, { if case .unmodeled(code: "500", _, _) = $0 { true } else { false } }
      ) {
        _ = try await kms.generateDataKeyPair(keyID: key.keyID, keyPairSpec: .eccNISTP256)
      }
    },
    MotoGap("two keys agree on a secret", .notImplemented) { kms in
      let key = try await kms.makeKey(.eccNISTP256, for: .keyAgreement)
      await expectRefusal(
        DeriveSharedSecretError.self, { if case .unmodeled(code: "500", _, _) = $0 { true } else { false } }
      ) {
        _ = try await kms.deriveSharedSecret(keyID: key.keyID, keyAgreementAlgorithm: .ecdh, publicKey: [0x30])
      }
    },
  ]

  static let signing = [
    MotoGap("a signature over something else is an error", .noError) { kms in
      let key = try await kms.makeKey(.eccNISTP256, for: .signVerify)
      let signed = try await kms.sign(
        keyID: key.keyID, message: Scenario.signedMessage, signingAlgorithm: .ecdsaSHA256)
      let verified = try await kms.verify(
        keyID: key.keyID, message: SecretBytes("another message".utf8), signature: signed.signature,
        signingAlgorithm: .ecdsaSHA256)
      #expect(!verified.signatureValid)
    },
    MotoGap("the signature of a digest is that of its message", .ignoresMessageType) { kms in
      let key = try await kms.makeKey(.eccNISTP256, for: .signVerify)
      let signed = try await kms.sign(
        keyID: key.keyID, message: Scenario.digest, signingAlgorithm: .ecdsaSHA256, messageType: .digest)
      for (message, isSigned) in [(Scenario.signedMessage, false), (Scenario.digest, true)] {
        let verified = try await kms.verify(
          keyID: key.keyID, message: message, signature: signed.signature, signingAlgorithm: .ecdsaSHA256)
        #expect(verified.signatureValid == isSigned)
      }
    },
    MotoGap("a signature is verified here", .leavesOutEnumerations) { kms in
      let key = try await kms.makeKey(.eccNISTP256, for: .signVerify)
      let signed = try await kms.sign(
        keyID: key.keyID, message: Scenario.signedMessage, signingAlgorithm: .ecdsaSHA256)
      let publicKey = try await kms.publicKey(keyID: key.keyID)
      #expect(throws: PublicKeyError.unsupportedAlgorithm("ECDSA_SHA_256")) {
        try publicKey.verify(signature: signed.signature, of: Scenario.signedMessage, algorithm: .ecdsaSHA256)
      }
      // Who knows the spec can verify all the same.
      let answer = try await kms.getPublicKey(keyID: key.keyID)
      #expect(answer.keySpec == .unknown("") && answer.keyID == key.keyID)
      let signature = try P256.Signing.ECDSASignature(derRepresentation: signed.signature)
      let message = Scenario.signedMessage.array
      #expect(try answer.publicKey(as: P256.Signing.PublicKey.self).isValidSignature(signature, for: message))
    },
    MotoGap("a key for encryption does not sign", .otherError) { kms in
      let key = try await kms.makeKey()
      await expectRefusal(SignError.self, { if case .validation = $0 { true } else { false } }) {
        _ = try await kms.sign(keyID: key.keyID, message: Scenario.signedMessage, signingAlgorithm: .ecdsaSHA256)
      }
    },
  ]

  static let macs = [
    MotoGap("a key makes no MACs of another length than its own", .ignoresMACLength) { kms in
      let key = try await kms.makeKey(.hmac256, for: .generateVerifyMac)
      let answer = try await kms.generateMac(
        message: Scenario.signedMessage, keyID: key.keyID, macAlgorithm: .hmacSHA512)
      #expect(answer.mac.count == 64)
    },
    MotoGap("what makes and verifies MACs is named by its ARN", .namesKeysByID) { kms in
      let key = try await kms.makeKey(.hmac256, for: .generateVerifyMac)
      let answer = try await kms.generateMac(
        message: Scenario.signedMessage, keyID: key.keyID, macAlgorithm: .hmacSHA256)
      let verified = try await kms.verifyMac(
        message: Scenario.signedMessage, keyID: key.keyID, macAlgorithm: .hmacSHA256, mac: answer.mac)
      #expect(answer.keyID == key.keyID && verified.keyID == key.keyID)
    },
  ]
}
