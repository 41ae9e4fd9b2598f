// Key agreement: both sides get the same, and peers that are not on the curve get nothing.

import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct KeyAgreementTests {
  static let kinds: [KeyPairAlgorithm] = [.nistP256, .nistP384, .nistP521, .sm2]

  @Test(arguments: kinds) func bothSidesAgree(kind: KeyPairAlgorithm) throws {
    let encoding = try #require(kind.openSSLCurve).encoding
    for _ in 0..<20 {
      let (left, right) = (try kind.generate(), try kind.generate())
      let leftKey = try AsymmetricKeyMaterial(left.privateKey, algorithm: kind)
      let rightKey = try AsymmetricKeyMaterial(right.privateKey, algorithm: kind)
      let secret = try leftKey.sharedSecret(with: right.publicKey)
      #expect(secret.count == encoding.scalarByteCount)
      #expect(try rightKey.sharedSecret(with: left.publicKey) == secret)
      #expect(try leftKey.sharedSecret(with: left.publicKey) != secret)

      let point = try encoding.point(of: right.publicKey)
      let x = point.dropFirst().prefix(encoding.scalarByteCount)
      let compressed = try #require(encoding.compressedPublicKeyPrefix) + [2 + (point.last ?? 0) % 2] + x
      #expect(try leftKey.sharedSecret(with: compressed) == secret)
    }
  }

  @Test(arguments: kinds) func otherPeersAreRefused(kind: KeyPairAlgorithm) throws {
    let key = try TestKeys.material(kind)
    let encoding = try #require(kind.openSSLCurve).encoding
    let peer = try kind.generate().publicKey
    var refused: [[UInt8]] = [[], [0x30], peer + [0], Array(peer.dropLast())]
    refused += peer.indices.map { index in
      var altered = peer
      altered[index] ^= 1
      return altered
    }
    let prefix = encoding.publicKeyPrefix
    let ones = [UInt8](repeating: 0xFF, count: encoding.pointByteCount - 1)
    let zeros = [UInt8](repeating: 0, count: encoding.pointByteCount - 1)
    refused += [prefix + [4] + ones, prefix + [4] + zeros, prefix + [0] + zeros, prefix + [0], prefix]
    refused += [prefix + [6 + (peer.last ?? 0) % 2] + peer.suffix(encoding.pointByteCount - 1)]  // hybrid form
    refused += try KeyPairAlgorithm.quick.filter { $0 != kind }.map { try $0.generate().publicKey }
    for (index, wrong) in refused.enumerated() {
      #expect(throws: CryptoError.malformed, "\(index)") { try key.sharedSecret(with: wrong) }
    }
  }

  @Test(arguments: KeyPairAlgorithm.allCases.filter { !kinds.contains($0) })
  func otherKeysHaveNone(kind: KeyPairAlgorithm) throws {
    let pair = try TestKeys.pair(kind)
    let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: kind)
    #expect(throws: CryptoError.unsupportedOperation) { try key.sharedSecret(with: pair.publicKey) }
  }
}
