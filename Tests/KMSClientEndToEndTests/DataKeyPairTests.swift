// Data key pairs of every spec, from their making to their use.

import Crypto
import CryptoExtras
import KMSClient
import SecureMemory
import Testing

extension DevelopmentServiceTests {
  @Suite struct DataKeyPairTests {
    private static let context = ["tenant": "blue"]
    private static let message = Array("signed with a data key pair".utf8)

    private static let specs: [DataKeyPairSpec] = [
      .eccNISTP256, .eccNISTP384, .eccNISTP521, .eccSECGP256K1, .eccNISTEdwards25519, .sm2, .rsa2048, .rsa3072,
      .rsa4096,
    ]

    @Test("a stored pair of every spec is opened, and is the pair that was made", arguments: specs)
    func stored(_ spec: DataKeyPairSpec) async throws {
      try await withClient { kms in
        let key = try await kms.makeKey()
        let pair = try await kms.generateDataKeyPair(
          keyID: key.keyID, keyPairSpec: spec, encryptionContext: Self.context)
        #expect(pair.keyPairSpec == spec && pair.keyID == key.arn)
        let opened = try await kms.openPrivateKey(of: StoredKeyPair(pair), encryptionContext: Self.context)
        #expect(opened.spec == spec)
        #expect(opened.pkcs8.array == pair.privateKeyPlaintext?.array)
        #expect(try pair.privateKeyPEM().array == opened.pem.array)
        #expect(try KeyPEM.subjectPublicKeyInfo(fromPublicKey: pair.publicKeyPEM) == pair.publicKey)
      }
    }

    @Test("a pair without plaintext is opened when it is needed, with its context and its own public key only")
    func withoutPlaintext() async throws {
      try await withClient { kms in
        let key = try await kms.makeKey()
        var pairs: [StoredKeyPair] = []
        for _ in 0..<2 {
          pairs.append(
            StoredKeyPair(
              try await kms.generateDataKeyPairWithoutPlaintext(
                keyID: key.keyID, keyPairSpec: .eccNISTP384, encryptionContext: Self.context)))
        }
        let privateKey = try await kms.openPrivateKey(
          of: pairs[0], as: P384.Signing.PrivateKey.self, encryptionContext: Self.context)
        let signature = try privateKey.signature(for: Self.message)
        #expect(
          try pairs[0].publicKey(as: P384.Signing.PublicKey.self).isValidSignature(signature, for: Self.message))

        await expectRefusal(
          OpenPrivateKeyError.self, { if case .decrypt(.invalidCiphertext) = $0 { true } else { false } }
        ) {
          _ = try await kms.openPrivateKey(of: pairs[0], encryptionContext: ["tenant": "red"])
        }
        let mixed = StoredKeyPair(
          spec: .eccNISTP384, keyID: key.arn, publicKey: pairs[1].publicKey,
          privateKeyCiphertext: pairs[0].privateKeyCiphertext)
        await expectRefusal(
          OpenPrivateKeyError.self, { if case .key(.otherPublicKey) = $0 { true } else { false } }
        ) {
          _ = try await kms.openPrivateKey(of: mixed, encryptionContext: Self.context)
        }
      }
    }

    @Test("a ciphertext alone becomes a key object, of its own kind only")
    func ciphertextAlone() async throws {
      try await withClient { kms in
        let key = try await kms.makeKey()
        let pair = try await kms.generateDataKeyPair(keyID: key.keyID, keyPairSpec: .rsa2048)
        let privateKey = try await kms.openPrivateKey(
          ciphertext: pair.privateKeyCiphertextBlob, as: _RSA.Signing.PrivateKey.self, spec: .rsa2048)
        let signature = try privateKey.signature(for: Self.message)
        #expect(try pair.publicKey(as: _RSA.Signing.PublicKey.self).isValidSignature(signature, for: Self.message))
        await expectRefusal(
          OpenPrivateKeyError.self, { if case .key(.otherKeyType) = $0 { true } else { false } }
        ) {
          _ = try await kms.openPrivateKey(
            ciphertext: pair.privateKeyCiphertextBlob, as: P256.Signing.PrivateKey.self)
        }
      }
    }
  }
}
