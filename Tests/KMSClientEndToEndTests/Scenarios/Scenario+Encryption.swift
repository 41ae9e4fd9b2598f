// Encryption by the service.

import KMSClient
import SecureMemory
import Testing

extension Scenario {
  private static let context = ["tenant": "blue", "purpose": "test"]

  static let encryption = [
    Scenario("what was encrypted is decrypted with the same context") { kms in
      let key = try await kms.makeKey()
      let sealed = try await kms.encrypt(
        keyID: key.keyID, plaintext: SecretBytes("a secret".utf8), encryptionContext: context)
      #expect(sealed.keyID == key.arn)
      let opened = try await kms.decrypt(ciphertextBlob: sealed.ciphertextBlob, encryptionContext: context)
      #expect(opened.plaintext?.array == Array("a secret".utf8))
      #expect(opened.keyID == key.arn)
    },
    Scenario("every ciphertext and plaintext comes with its algorithm") { kms in
      let (source, target) = (try await kms.makeKey(), try await kms.makeKey())
      let sealed = try await kms.encrypt(keyID: source.keyID, plaintext: SecretBytes("a secret".utf8))
      #expect(sealed.encryptionAlgorithm == .symmetricDefault)
      let moved = try await kms.reEncrypt(destinationKeyID: target.keyID, ciphertextBlob: sealed.ciphertextBlob)
      #expect(moved.sourceEncryptionAlgorithm == .symmetricDefault)
      #expect(moved.destinationEncryptionAlgorithm == .symmetricDefault)
      let opened = try await kms.decrypt(ciphertextBlob: moved.ciphertextBlob)
      #expect(opened.encryptionAlgorithm == .symmetricDefault)
    },
    Scenario("a ciphertext is not opened with another context") { kms in
      let key = try await kms.makeKey()
      let dataKey = try await kms.generateDataKeyWithoutPlaintext(
        keyID: key.keyID, size: .keySpec(.aes256), encryptionContext: context)
      for other in [[:], ["tenant": "blue"], ["tenant": "red", "purpose": "test"]] {
        await expectRefusal(DecryptError.self, { if case .invalidCiphertext = $0 { true } else { false } }) {
          _ = try await kms.decrypt(ciphertextBlob: dataKey.ciphertextBlob, encryptionContext: other)
        }
      }
    },
    Scenario("bytes that are no ciphertext are not opened") { kms in
      await expectRefusal(DecryptError.self, { if case .invalidCiphertext = $0 { true } else { false } }) {
        _ = try await kms.decrypt(ciphertextBlob: [1, 2, 3])
      }
    },
    Scenario("a ciphertext is not opened with another key") { kms in
      let (key, other) = (try await kms.makeKey(), try await kms.makeKey())
      let dataKey = try await kms.generateDataKeyWithoutPlaintext(keyID: key.keyID, size: .keySpec(.aes256))
      await expectRefusal(DecryptError.self, { if case .incorrectKey = $0 { true } else { false } }) {
        _ = try await kms.decrypt(ciphertextBlob: dataKey.ciphertextBlob, keyID: other.keyID)
      }
    },
    Scenario("a plaintext that is too long is refused") { kms in
      let key = try await kms.makeKey()
      await expectRefusal(EncryptError.self, { if case .validation = $0 { true } else { false } }) {
        _ = try await kms.encrypt(keyID: key.keyID, plaintext: SecretBytes([UInt8](repeating: 7, count: 4_097)))
      }
    },
    Scenario("a ciphertext moves to another key") { kms in
      let (source, target) = (try await kms.makeKey(), try await kms.makeKey())
      let dataKey = try await kms.generateDataKey(
        keyID: source.keyID, size: .numberOfBytes(24), encryptionContext: context)
      let moved = try await kms.reEncrypt(
        destinationKeyID: target.keyID, ciphertextBlob: dataKey.ciphertextBlob, sourceEncryptionContext: context,
        destinationEncryptionContext: ["tenant": "red"])
      #expect(moved.sourceKeyID == source.arn && moved.keyID == target.arn)
      let opened = try await kms.decrypt(ciphertextBlob: moved.ciphertextBlob, encryptionContext: ["tenant": "red"])
      #expect(opened.plaintext?.array == dataKey.plaintext?.array)
    },
    Scenario("what was encrypted here under a public RSA key is decrypted by the service") { kms in
      let key = try await kms.makeKey(.rsa2048)
      let publicKey = try await kms.publicKey(keyID: key.keyID)
      for algorithm in [EncryptionAlgorithm.rsaesOAEPSHA256, .rsaesOAEPSHA1] {
        let sealed = try publicKey.encrypt(SecretBytes("under a public key".utf8), algorithm: algorithm)
        let opened = try await kms.decrypt(
          ciphertextBlob: sealed.ciphertextBlob, keyID: sealed.keyID, encryptionAlgorithm: sealed.encryptionAlgorithm)
        #expect(opened.plaintext?.array == Array("under a public key".utf8))
      }
    },
    Scenario("two draws of random bytes differ") { kms in
      let draws = [
        try await kms.generateRandom(numberOfBytes: 32).plaintext,
        try await kms.generateRandom(numberOfBytes: 32).plaintext,
      ]
      #expect(draws.map { $0?.count } == [32, 32])
      #expect(draws[0]?.array != draws[1]?.array)
    },
    Scenario("more random bytes than there may be are refused") { kms in
      await expectRefusal(GenerateRandomError.self, { if case .validation = $0 { true } else { false } }) {
        _ = try await kms.generateRandom(numberOfBytes: 1_025)
      }
    },
  ]
}
