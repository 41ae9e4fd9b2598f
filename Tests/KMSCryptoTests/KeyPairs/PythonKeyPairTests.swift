// Key pairs against Python's cryptography package, with signatures both ways.

import Crypto
import CryptoExtras
import Foundation
import KMSCrypto
import SecureMemory
import Testing

@Suite(.needsPythonCryptography) struct PythonKeyPairTests {
  struct Request: Encodable {
    let algorithm: String
    let privateKey: String
    let publicKey: String
    let message: String
    let signature: String
  }

  struct Answer: Decodable {
    let kind: String
    let halvesMatch: Bool
    let reencodedPrivateKey: String
    let reencodedPublicKey: String
    let verified: Bool
    let signature: String
  }

  /// Every kind but SM2, which the package does not have (the openssl command checks that one).
  static let algorithms = KeyPairAlgorithm.allCases.filter { $0 != .sm2 }

  @Test func readsReencodesSignsAndVerifies() throws {
    let message = Array("a message".utf8)
    var pairs: [KeyPair] = []
    var requests: [Request] = []
    for algorithm in Self.algorithms {
      let pair = try algorithm.generate()
      pairs.append(pair)
      requests.append(
        Request(
          algorithm: "\(algorithm)", privateKey: pair.privateKey.revealed.hex, publicKey: pair.publicKey.hex,
          message: message.hex, signature: try sign(message, algorithm, pair).hex))
    }
    let answers: [Answer] = try Tool.script("key_pair_reference.py", requests)
    try #require(answers.count == requests.count)
    for (index, answer) in answers.enumerated() {
      let algorithm = Self.algorithms[index]
      #expect(answer.kind == "\(algorithm)")
      #expect(answer.halvesMatch, "\(algorithm)")
      #expect(answer.verified, "\(algorithm)")
      #expect(answer.reencodedPrivateKey == requests[index].privateKey, "\(algorithm)")
      #expect(answer.reencodedPublicKey == requests[index].publicKey, "\(algorithm)")
      #expect(try verify(hex(answer.signature), message, algorithm, pairs[index]), "\(algorithm)")
      #expect(try !verify(hex(answer.signature), message + [0], algorithm, pairs[index]), "\(algorithm)")
    }
  }

  private func sign(_ message: [UInt8], _ algorithm: KeyPairAlgorithm, _ pair: KeyPair) throws -> [UInt8] {
    let der = Data(pair.privateKey.revealed)
    switch algorithm {
    case .rsa2048, .rsa3072, .rsa4096:
      let key = try _RSA.Signing.PrivateKey(derRepresentation: der)
      return Array(try key.signature(for: SHA256.hash(data: message), padding: .PSS).rawRepresentation)
    case .nistP256:
      return Array(try P256.Signing.PrivateKey(derRepresentation: der).signature(for: message).derRepresentation)
    case .nistP384:
      return Array(try P384.Signing.PrivateKey(derRepresentation: der).signature(for: message).derRepresentation)
    case .edwards25519:
      return Array(try Curve25519.Signing.PrivateKey(rawRepresentation: der.suffix(32)).signature(for: message))
    case .mlDSA44, .mlDSA65, .mlDSA87:
      let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: algorithm)
      return try key.sign(.message(SecretBytes(message)), .mlDSASHAKE256)
    case .nistP521, .secp256k1, .sm2:
      let key = try #require(OpenSSLKey(pkcs8: pair.privateKey.revealed))
      return try #require(key.sign(message, digest: algorithm.digest))
    }
  }

  private func verify(
    _ signature: [UInt8], _ message: [UInt8], _ algorithm: KeyPairAlgorithm, _ pair: KeyPair
  ) throws -> Bool {
    switch algorithm {
    case .rsa2048, .rsa3072, .rsa4096, .nistP256, .nistP384, .edwards25519:
      try SwiftCryptoVerifier(spki: pair.publicKey, algorithm: algorithm).verifies(
        signature, message, digest: algorithm.digest, padding: .PSS)
    case .mlDSA44, .mlDSA65, .mlDSA87:
      try AsymmetricKeyMaterial(pair.privateKey, algorithm: algorithm).isValid(
        signature, of: .message(SecretBytes(message)), .mlDSASHAKE256)
    case .nistP521, .secp256k1, .sm2:
      try #require(OpenSSLKey(spki: pair.publicKey)).verifies(signature, message, digest: algorithm.digest)
    }
  }
}
