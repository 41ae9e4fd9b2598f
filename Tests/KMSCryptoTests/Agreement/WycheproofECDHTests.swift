// Wycheproof's ECDH vectors with SubjectPublicKeyInfo: which peers are taken, and what comes out.

import SecureMemory
import Testing

@testable import KMSCrypto

@Suite(.needsWycheproof) struct WycheproofECDHTests {
  @Test(arguments: [
    ("ecdh_secp256r1_test", KeyPairAlgorithm.nistP256), ("ecdh_secp384r1_test", .nistP384),
    ("ecdh_secp521r1_test", .nistP521),
  ])
  func sharedSecrets(file: String, kind: KeyPairAlgorithm) throws {
    let curve = try #require(kind.openSSLCurve)
    var disagreements: [String] = []
    var agreed = 0
    var keys: [String: AsymmetricKeyMaterial] = [:]
    for test in try Wycheproof(file).testGroups.flatMap(\.tests) {
      // Scalars are two's complement numbers there: with a sign byte or without leading zeros.
      let number = try hex(try #require(test.private)).drop { $0 == 0 }
      let scalar = [UInt8](repeating: 0, count: curve.encoding.scalarByteCount - number.count) + number
      let key = try keys[scalar.hex] ?? AsymmetricKeyMaterial(try curve.keyPair(scalar).privateKey, algorithm: kind)
      keys[scalar.hex] = key
      let peer = try hex(try #require(test.public))
      var secret: String?
      let error = cryptoError { () throws(CryptoError) in secret = try key.sharedSecret(with: peer).revealed.hex }
      let isRight: Bool
      switch test.result {
      case .valid: isRight = secret == test.shared
      case .invalid: isRight = error == .malformed
      case .acceptable: isRight = secret == test.shared || error == .malformed
      }
      if !isRight { disagreements.append("\(test.tcId) \(test.comment): \(error.map { "\($0)" } ?? secret ?? "")") }
      if secret != nil { agreed += 1 }
      // Where the vectors leave a choice: compressed points are taken, curves by their parameters are not.
      if test.flags.contains("CompressedPublic"), secret == nil { disagreements.append("\(test.tcId) compressed") }
      if test.flags.contains("UnnamedCurve"), secret != nil { disagreements.append("\(test.tcId) unnamed curve") }
    }
    #expect(disagreements.isEmpty)
    #expect(agreed > 300)
  }
}

extension OpenSSLCurve {
  /// A key pair with this scalar.
  func keyPair(_ scalar: [UInt8]) throws -> KeyPair {
    try encoding.makeKeyPair { (output, point) throws(CryptoError) in
      output.copyBytes(from: scalar)
      try publicPoint(of: SecretBytes(scalar), to: point)
    }
  }
}

extension KeyPairAlgorithm {
  /// The Weierstrass curve that keys of this kind are on.
  var openSSLCurve: OpenSSLCurve? {
    switch self {
    case .nistP256: .nistP256
    case .nistP384: .nistP384
    case .nistP521: .nistP521
    case .secp256k1: .secp256k1
    case .sm2: .sm2
    default: nil
    }
  }
}
