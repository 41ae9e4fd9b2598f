// moto's differences about encryption, data keys, signatures and MACs.

import KMSClient
import SecureMemory
import Testing

extension MotoGap {
  static let encryption = [
    MotoGap("what was encrypted is decrypted with the same context", .leavesOutMembers) { kms in
      let key = try await kms.makeKey()
      await expectRefusal(EncryptError.self, { if case .decoding = $0 { true } else { false } }) {
        _ = try await kms.encrypt(keyID: key.keyID, plaintext: SecretBytes("a secret".utf8))
      }
    },
    MotoGap("a ciphertext is not opened with another key", .otherError) { kms in
      let (key, other) = (try await kms.makeKey(), try await kms.makeKey())
      let dataKey = try await kms.generateDataKeyWithoutPlaintext(keyID: key.keyID, size: .keySpec(.aes256))
      await expectRefusal(DecryptError.self, { if case .accessDenied = $0 { true } else { false } }) {
        _ = try await kms.decrypt(ciphertextBlob: dataKey.ciphertextBlob, keyID: other.keyID)
      }
    },
    MotoGap("a ciphertext moves to another key", .leavesOutMembers) { kms in
      let (source, target) = (try await kms.makeKey(), try await kms.makeKey())
      let dataKey = try await kms.generateDataKey(keyID: source.keyID, size: .keySpec(.aes256))
      await expectRefusal(ReEncryptError.self, { if case .decoding = $0 { true } else { false } }) {
        _ = try await kms.reEncrypt(destinationKeyID: target.keyID, ciphertextBlob: dataKey.ciphertextBlob)
      }
    },
    MotoGap(
      "what was encrypted here under a public RSA key is decrypted by the service", .leavesOutMembers
    ) { kms in
      let key = try await kms.makeKey(.rsa2048)
      await expectNoPublicKey(key, by: kms)
    },
    MotoGap("a stored data key is opened again", .leavesOutMembers) { kms in
      let key = try await kms.makeKey()
      let dataKey = try await kms.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256))
      await expectRefusal(DecryptError.self, { if case .decoding = $0 { true } else { false } }) {
        _ = try await kms.decrypt(ciphertextBlob: dataKey.ciphertextBlob, keyID: key.keyID)
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
    MotoGap("a signature is verified here", .leavesOutMembers) { kms in
      let key = try await kms.makeKey(.eccNISTP256, for: .signVerify)
      await expectNoPublicKey(key, by: kms)
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
    }
  ]

  private static func expectNoPublicKey(_ key: KeyMetadata, by kms: KMSClient) async {
    await expectRefusal(
      FetchPublicKeyError.self, { if case .getPublicKey(.decoding) = $0 { true } else { false } }
    ) {
      _ = try await kms.publicKey(keyID: key.keyID)
    }
  }
}
