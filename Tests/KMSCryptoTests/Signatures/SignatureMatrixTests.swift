// Every key with every algorithm and every kind of input: what works, and what is refused.

import Crypto
import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct SignatureMatrixTests {
  private enum Kind: CaseIterable {
    case message, digest, externalMu
  }

  /// KMS's own table of key specs and signing algorithms.
  private static func algorithms(of key: KeyPairAlgorithm) -> Set<SignatureAlgorithm> {
    switch key {
    case .rsa2048, .rsa3072, .rsa4096:
      [
        .rsassaPKCS1v15SHA256, .rsassaPKCS1v15SHA384, .rsassaPKCS1v15SHA512, .rsassaPSSSHA256, .rsassaPSSSHA384,
        .rsassaPSSSHA512,
      ]
    case .nistP256, .secp256k1: [.ecdsaSHA256]
    case .nistP384: [.ecdsaSHA384]
    case .nistP521: [.ecdsaSHA512]
    case .edwards25519: [.ed25519SHA512, .ed25519phSHA512]
    case .sm2: [.sm2DSA]
    case .mlDSA44, .mlDSA65, .mlDSA87: [.mlDSASHAKE256]
    }
  }

  private static func kinds(of algorithm: SignatureAlgorithm) -> Set<Kind> {
    switch algorithm {
    case .ed25519SHA512: [.message]
    case .ed25519phSHA512: [.digest]
    case .mlDSASHAKE256: [.message, .externalMu]
    default: [.message, .digest]
    }
  }

  private static func input(_ kind: Kind, _ algorithm: SignatureAlgorithm, _ filling: UInt8) -> SigningInput {
    switch kind {
    case .message: .message(SecretBytes([filling]))
    case .digest: .digest(SecretBytes([UInt8](repeating: filling, count: algorithm.digestByteCount ?? 32)))
    case .externalMu: .externalMu(SecretBytes([UInt8](repeating: filling, count: 64)))
    }
  }

  @Test(arguments: KeyPairAlgorithm.allCases)
  func signsAndVerifiesWhatItsKeyHas(key algorithm: KeyPairAlgorithm) throws {
    let key = try TestKeys.material(algorithm)
    let other = try AsymmetricKeyMaterial(
      algorithm.isSlow ? TestKeys.otherRSA(algorithm) : algorithm.generate().privateKey, algorithm: algorithm)
    #expect(key.algorithm == algorithm)
    for signature in SignatureAlgorithm.allCases {
      for kind in Kind.allCases {
        let input = Self.input(kind, signature, 1)
        guard Self.algorithms(of: algorithm).contains(signature), Self.kinds(of: signature).contains(kind) else {
          #expect(throws: CryptoError.unsupportedOperation, "\(signature) \(kind)") { try key.sign(input, signature) }
          #expect(throws: CryptoError.unsupportedOperation, "\(signature) \(kind)") {
            try key.isValid([], of: input, signature)
          }
          continue
        }
        let made = try key.sign(input, signature)
        if kind == .externalMu {
          // Nothing here verifies over μ.
          #expect(throws: CryptoError.unsupportedOperation) { try key.isValid(made, of: input, signature) }
          continue
        }
        #expect(try key.isValid(made, of: input, signature))
        #expect(try !other.isValid(made, of: input, signature))
        #expect(try !key.isValid(made, of: Self.input(kind, signature, 2), signature))
        for malformed in [[], [0], Array(made.dropLast()), made + [0], [UInt8](repeating: 0, count: made.count)] {
          #expect(try !key.isValid(malformed, of: input, signature), "\(signature) \(malformed.count)")
        }
        for another in Self.algorithms(of: algorithm) where another != signature {
          let input = Self.input(Self.kinds(of: another).contains(.message) ? .message : .digest, another, 1)
          #expect(try !key.isValid(made, of: input, another), "\(signature) as \(another)")
        }
      }
    }
  }

  @Test(arguments: KeyPairAlgorithm.allCases)
  func emptyAndLongMessages(key algorithm: KeyPairAlgorithm) throws {
    let key = try TestKeys.material(algorithm)
    for count in [0, 1, 4096, 100_000] {
      let message = SigningInput.message(RandomBytes.bytes(count: count))
      for signature in Self.algorithms(of: algorithm) where Self.kinds(of: signature).contains(.message) {
        #expect(try key.isValid(try key.sign(message, signature), of: message, signature))
      }
    }
  }

  /// A signature over a message is one over its digest, and the reverse. SM2's digest has the signer's name in it.
  @Test(arguments: KeyPairAlgorithm.allCases)
  func messageAndDigestAreInterchangeable(key algorithm: KeyPairAlgorithm) throws {
    let key = try TestKeys.material(algorithm)
    let message = SecretBytes(Array("a message".utf8))
    for signature in Self.algorithms(of: algorithm) {
      guard let digest = signature.digestAlgorithm else { continue }
      let hash = SigningInput.digest(try digest.hash(message))
      #expect(try key.isValid(try key.sign(.message(message), signature), of: hash, signature))
      #expect(try key.isValid(try key.sign(hash, signature), of: .message(message), signature))
    }
  }

  @Test(arguments: KeyPairAlgorithm.allCases)
  func digestsOfOtherLengthsAreRefused(key algorithm: KeyPairAlgorithm) throws {
    let key = try TestKeys.material(algorithm)
    for signature in Self.algorithms(of: algorithm) {
      for count in [0, 20, 31, 33, 47, 49, 63, 65, 128] {
        let bytes = SecretBytes([UInt8](repeating: 1, count: count))
        let input = signature == .mlDSASHAKE256 ? SigningInput.externalMu(bytes) : .digest(bytes)
        guard Self.kinds(of: signature) != [.message] else { continue }
        #expect(throws: CryptoError.invalidDigestLength) { try key.sign(input, signature) }
        guard signature != .mlDSASHAKE256 else { continue }
        #expect(throws: CryptoError.invalidDigestLength) { try key.isValid([1], of: input, signature) }
      }
    }
  }

  @Test func namesAreThoseOfTheAPI() {
    #expect(
      SignatureAlgorithm.allCases.map(\.rawValue).sorted() == [
        "ECDSA_SHA_256", "ECDSA_SHA_384", "ECDSA_SHA_512", "ED25519_PH_SHA_512", "ED25519_SHA_512",
        "ML_DSA_SHAKE_256", "RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PKCS1_V1_5_SHA_384", "RSASSA_PKCS1_V1_5_SHA_512",
        "RSASSA_PSS_SHA_256", "RSASSA_PSS_SHA_384", "RSASSA_PSS_SHA_512", "SM2DSA",
      ])
    #expect(
      PublicKeyEncryptionAlgorithm.allCases.map(\.rawValue) == ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "SM2PKE"])
    #expect(MACAlgorithm.allCases.map(\.rawValue) == ["HMAC_SHA_224", "HMAC_SHA_256", "HMAC_SHA_384", "HMAC_SHA_512"])
    #expect(
      ImportWrappingAlgorithm.allCases.map(\.rawValue) == [
        "RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256", "RSA_AES_KEY_WRAP_SHA_1", "RSA_AES_KEY_WRAP_SHA_256", "SM2PKE",
      ])
  }

  /// SM2 signs a digest as it is: the caller's ZA ‖ M, here with the default name, must give the same as the message.
  @Test func sm2DigestIsTheStandardsE() throws {
    let pair = try KeyPairAlgorithm.sm2.generate()
    let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: .sm2)
    let message = Array("a message".utf8)
    // GB/T 32918.2 §5.5: ZA = SM3(bits of the name ‖ name ‖ a ‖ b ‖ generator ‖ public key).
    let constants = try hex(
      "fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc"
        + "28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93"
        + "32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
        + "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0")
    let name = Array("1234567812345678".utf8)
    let za = try DigestAlgorithm.sm3.hash(
      SecretBytes([0, 128] + name + constants + pair.publicKey.suffix(64)))
    let e = SigningInput.digest(try DigestAlgorithm.sm3.hash(SecretBytes(za.revealed + message)))
    #expect(try key.isValid(try key.sign(.text(message), .sm2DSA), of: e, .sm2DSA))
    #expect(try key.isValid(try key.sign(e, .sm2DSA), of: .text(message), .sm2DSA))
  }
}
