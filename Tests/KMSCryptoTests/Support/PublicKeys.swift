// Public keys from published vectors, opened as the module opens its own.

import COpenSSL
import Crypto
import Testing

@testable import KMSCrypto

extension KeyPairAlgorithm {
  /// A public key of this kind, from SubjectPublicKeyInfo.
  func verificationKey(spki: [UInt8]) throws -> any VerificationKey {
    switch self {
    case .rsa2048, .rsa3072, .rsa4096:
      return RSAKey(key: try rsaPublicKey(spki: spki))
    case .nistP256:
      return SwiftCryptoECDSAPublicKey<P256>(key: try .init(derRepresentation: spki))
    case .nistP384:
      return SwiftCryptoECDSAPublicKey<P384>(key: try .init(derRepresentation: spki))
    case .nistP521:
      let key = try OpenSSLCurve.nistP521.open(point: OpenSSLCurve.nistP521.encoding.point(of: spki))
      return OpenSSLECDSAKey(key: key, algorithm: .ecdsaSHA512, digest: .sha512)
    case .secp256k1:
      let key = try OpenSSLCurve.secp256k1.open(point: OpenSSLCurve.secp256k1.encoding.point(of: spki))
      return OpenSSLECDSAKey(key: key, algorithm: .ecdsaSHA256, digest: .sha256)
    case .edwards25519:
      return try Edwards25519PublicKey(Array(spki.suffix(32)))
    case .sm2:
      return SM2Key(key: try OpenSSLCurve.sm2.open(point: OpenSSLCurve.sm2.encoding.point(of: spki)))
    case .mlDSA44, .mlDSA65, .mlDSA87:
      return try MLDSAPublicKey(Array(spki.dropFirst(22)), try #require(MLDSAParameters(self)))
    }
  }

  private func rsaPublicKey(spki: [UInt8]) throws -> KMSCrypto.OpenSSLKey {
    let parameters = OpenSSLParameters()
    try spki.withUnsafeBytes { spki in
      var outer = BERReader(spki)
      var info = BERReader(try outer.read(.sequence))
      _ = try info.read(.sequence)
      var bitString = BERReader(try BitString.octets(try info.read(.bitString)))
      var numbers = BERReader(try bitString.read(.sequence))
      parameters.append(OSSL_PKEY_PARAM_RSA_N, number: try numbers.read(.integer))
      parameters.append(OSSL_PKEY_PARAM_RSA_E, number: try numbers.read(.integer))
    }
    return try KMSCrypto.OpenSSLKey(type: "RSA", .publicKey, parameters)
  }
}
