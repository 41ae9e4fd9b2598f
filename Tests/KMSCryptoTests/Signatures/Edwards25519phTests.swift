// Ed25519ph against RFC 8032 §7.3.

import Crypto
import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct Edwards25519phTests {
  private let seed = "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42"
  private let point = "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf"
  private let signature =
    "98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae41"
    + "31f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406"

  @Test func publishedVector() throws {
    let key = try Edwards25519Key(seed: SecretBytes(try hex(seed)))
    let message = SecretBytes(Array("abc".utf8))
    #expect(try key.signPrehashed(message).hex == signature)
    #expect(try key.publicKey.isValid(try hex(signature), prehashed: message))
    #expect(try !key.publicKey.isValid(try hex(signature), prehashed: SecretBytes(Array("abd".utf8))))
  }

  /// KMS wants the digest of the message, and signs it as Ed25519ph signs a message: the digest of the digest.
  @Test func theCallersDigestIsHashedAgain() throws {
    let pair = try KeyPairAlgorithm.edwards25519.generate()
    let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: .edwards25519)
    let digest = SecretBytes(Array(SHA512.hash(data: Array("a message".utf8))))
    let signature = try key.sign(.digest(digest), .ed25519phSHA512)
    let seed = try FixedLengthKeyEncoding.edwards25519.parse(pair.privateKey).scalar
    let inner = try Edwards25519Key(seed: seed)
    #expect(try inner.publicKey.isValid(signature, prehashed: digest))
    #expect(try !inner.publicKey.isValid(signature, prehashed: SecretBytes(Array("a message".utf8))))
    #expect(try key.isValid(signature, of: .digest(digest), .ed25519phSHA512))
    // Ed25519 and Ed25519ph have different prefixes: neither takes the other's signatures.
    #expect(try !key.isValid(signature, of: .message(digest), .ed25519SHA512))
    let plain = try key.sign(.message(digest), .ed25519SHA512)
    #expect(try !key.isValid(plain, of: .digest(digest), .ed25519phSHA512))
  }

  @Test func theVectorsPublicKeyIsTheSeeds() throws {
    let key = try Curve25519.Signing.PrivateKey(rawRepresentation: try hex(seed))
    #expect(Array(key.publicKey.rawRepresentation).hex == point)
  }
}
