// Data keys, data key pairs and shared secrets.

import Crypto
import KMSClient
import SecureMemory
import Testing

extension Scenario {
  static let dataKeys = [
    Scenario("data keys have the sizes asked for, and become key objects") { kms in
      let key = try await kms.makeKey()
      for (size, bits) in [(DataKeySize.keySpec(.aes128), 128), (.keySpec(.aes256), 256), (.numberOfBytes(64), 512)] {
        let dataKey = try await kms.generateDataKey(keyID: key.keyID, size: size)
        #expect(dataKey.keyID == key.arn)
        #expect(try dataKey.symmetricKey().bitCount == bits)
      }
    },
    Scenario("a stored data key is opened again") { kms in
      let key = try await kms.makeKey()
      let dataKey = try await kms.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256))
      let opened = try await kms.decrypt(ciphertextBlob: dataKey.ciphertextBlob, keyID: key.keyID)
      #expect(try opened.symmetricKey() == dataKey.symmetricKey())
    },
    Scenario("a data key without plaintext is the key's ciphertext alone") { kms in
      let key = try await kms.makeKey()
      let stored = try await kms.generateDataKeyWithoutPlaintext(keyID: key.keyID, size: .keySpec(.aes256))
      #expect(stored.keyID == key.arn && !stored.ciphertextBlob.isEmpty)
    },
    Scenario("a data key pair signs here, and is opened again") { kms in
      let key = try await kms.makeKey()
      let pair = try await kms.generateDataKeyPair(keyID: key.keyID, keyPairSpec: .eccNISTP256)
      let privateKey = try pair.privateKey(as: P256.Signing.PrivateKey.self)
      let signature = try privateKey.signature(for: Array("message".utf8))
      let publicKey = try pair.publicKey(as: P256.Signing.PublicKey.self)
      #expect(publicKey.isValidSignature(signature, for: Array("message".utf8)))
      let opened = try await kms.openPrivateKey(of: StoredKeyPair(pair), as: P256.Signing.PrivateKey.self)
      #expect(opened.rawRepresentation == privateKey.rawRepresentation)
    },
    Scenario("two keys agree on a secret") { kms in
      let (own, other) = (
        try await kms.makeKey(.eccNISTP256, for: .keyAgreement), P256.KeyAgreement.PrivateKey()
      )
      let answer = try await kms.deriveSharedSecret(
        keyID: own.keyID, keyAgreementAlgorithm: .ecdh, publicKey: Array(other.publicKey.derRepresentation))
      let publicKey = try await kms.getPublicKey(keyID: own.keyID)
        .publicKey(as: P256.KeyAgreement.PublicKey.self)
      let expected = try other.sharedSecretFromKeyAgreement(with: publicKey).withUnsafeBytes { Array($0) }
      #expect(answer.sharedSecret?.array == expected)
    },
  ]
}
