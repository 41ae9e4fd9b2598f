// What tests know about each kind of key pair: sizes, and how it signs.

import KMSCrypto

extension KeyPairAlgorithm {
  /// SubjectPublicKeyInfo's size: RFC 5480, RFC 8410 and RFC 8017 leave no choice.
  var publicKeyByteCount: Int {
    switch self {
    case .rsa2048: 294
    case .rsa3072: 422
    case .rsa4096: 550
    case .nistP256, .sm2: 91
    case .nistP384: 120
    case .nistP521: 158
    case .secp256k1: 88
    case .edwards25519: 44
    case .mlDSA44: 22 + 1312
    case .mlDSA65: 22 + 1952
    case .mlDSA87: 22 + 2592
    }
  }

  /// PKCS #8's size: exact for curves, a few bytes either way for RSA (numbers with leading zero bits).
  var privateKeyByteCounts: ClosedRange<Int> {
    switch self {
    case .rsa2048: 1210...1220
    case .rsa3072: 1785...1796
    case .rsa4096: 2368...2378
    case .nistP256, .sm2: 138...138
    case .nistP384: 185...185
    case .nistP521: 241...241
    case .secp256k1: 135...135
    case .edwards25519: 48...48
    case .mlDSA44, .mlDSA65, .mlDSA87: 54...54
    }
  }

  /// The object identifiers in its AlgorithmIdentifier, as content bytes in hexadecimal, found in both encodings.
  var objectIdentifiers: [String] {
    let idECPublicKey = "06072a8648ce3d0201"
    return switch self {
    case .rsa2048, .rsa3072, .rsa4096: ["06092a864886f70d0101010500"]
    case .nistP256: [idECPublicKey + "06082a8648ce3d030107"]
    case .nistP384: [idECPublicKey + "06052b81040022"]
    case .nistP521: [idECPublicKey + "06052b81040023"]
    case .secp256k1: [idECPublicKey + "06052b8104000a"]
    case .sm2: [idECPublicKey + "06082a811ccf5501822d"]
    case .edwards25519: ["300506032b6570"]
    case .mlDSA44: ["300b0609608648016503040311"]
    case .mlDSA65: ["300b0609608648016503040312"]
    case .mlDSA87: ["300b0609608648016503040313"]
    }
  }

  /// The digest it usually signs with, as OpenSSL names it; nil where the algorithm hashes for itself.
  var digest: String? {
    switch self {
    case .rsa2048, .rsa3072, .rsa4096, .nistP256, .secp256k1: "SHA256"
    case .nistP384: "SHA384"
    case .nistP521: "SHA512"
    case .sm2: "SM3"
    case .edwards25519, .mlDSA44, .mlDSA65, .mlDSA87: nil
    }
  }

  /// The signer's name that SM2 hashes in: GB/T 32918.2's default.
  var sm2ID: [UInt8]? { self == .sm2 ? Array("1234567812345678".utf8) : nil }

  /// All but RSA: quick enough to make by the hundred.
  static var quick: [KeyPairAlgorithm] { allCases.filter { !$0.isSlow } }

  var isMLDSA: Bool { [.mlDSA44, .mlDSA65, .mlDSA87].contains(self) }

  /// Those that the system's OpenSSL has: 3.0 has no ML-DSA.
  static var inOpenSSL: [KeyPairAlgorithm] { allCases.filter { !$0.isMLDSA } }
}
