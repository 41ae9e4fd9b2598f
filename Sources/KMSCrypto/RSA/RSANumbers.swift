// The eight numbers of a two-prime RSA private key (RFC 8017 §A.1.2).

import COpenSSL
import SecureMemory

/// The numbers of an RSA private key: big-endian, without leading zeros.
struct RSANumbers {
  let modulus: SecretBytes
  let publicExponent: SecretBytes
  let privateExponent: SecretBytes
  let prime1: SecretBytes
  let prime2: SecretBytes
  let exponent1: SecretBytes
  let exponent2: SecretBytes
  let coefficient: SecretBytes

  /// All of them, in the order of RSAPrivateKey.
  var all: [SecretBytes] {
    [modulus, publicExponent, privateExponent, prime1, prime2, exponent1, exponent2, coefficient]
  }
}

extension RSANumbers {
  /// rsaEncryption, 1.2.840.113549.1.1.1.
  static let rsaEncryption: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]

  /// Reads a private key in PKCS #8.
  /// - Throws: ``CryptoError/malformed`` for anything but an RSAPrivateKey of two primes. What the numbers are is not
  ///   checked.
  init(pkcs8 privateKey: SecretBytes) throws(CryptoError) {
    self = try PKCS8.read(privateKey) { (info) throws(CryptoError) in
      guard info.algorithm == Self.rsaEncryption else { throw .malformed }
      var parameters = info.parameters
      if let null = try parameters.readIfPresent(.null), !null.isEmpty { throw .malformed }
      try parameters.finish()

      var outer = BERReader(info.privateKey)
      var reader = BERReader(try outer.read(.sequence))
      try outer.finish()
      guard try reader.read(.integer).elementsEqual([0]) else { throw .malformed }  // two primes
      let numbers = RSANumbers(
        modulus: try Self.readPositive(&reader), publicExponent: try Self.readPositive(&reader),
        privateExponent: try Self.readPositive(&reader), prime1: try Self.readPositive(&reader),
        prime2: try Self.readPositive(&reader), exponent1: try Self.readPositive(&reader),
        exponent2: try Self.readPositive(&reader), coefficient: try Self.readPositive(&reader))
      try reader.finish()
      return numbers
    }
  }

  /// Opens the private key.
  func open() throws(CryptoError) -> OpenSSLKey {
    // The numbered names are macros that Swift does not read: two strings side by side.
    let names = [
      OSSL_PKEY_PARAM_RSA_N, OSSL_PKEY_PARAM_RSA_E, OSSL_PKEY_PARAM_RSA_D,
      OSSL_PKEY_PARAM_RSA_FACTOR + "1", OSSL_PKEY_PARAM_RSA_FACTOR + "2",
      OSSL_PKEY_PARAM_RSA_EXPONENT + "1", OSSL_PKEY_PARAM_RSA_EXPONENT + "2", OSSL_PKEY_PARAM_RSA_COEFFICIENT + "1",
    ]
    let parameters = OpenSSLParameters()
    for (name, number) in zip(names, all) { number.withUnsafeBytes { parameters.append(name, number: $0) } }
    return try OpenSSLKey(type: "RSA", .keyPair, parameters)
  }

  private static func readPositive(_ reader: inout BERReader) throws(CryptoError) -> SecretBytes {
    let content = try reader.read(.integer)
    guard let first = content.first, first & 0x80 == 0 else { throw .malformed }
    let digits = content.drop { $0 == 0 }
    guard !digits.isEmpty else { throw .malformed }
    return SecretBytes(copying: UnsafeRawBufferPointer(rebasing: digits))
  }
}

extension SecretBytes {
  /// The size of a number without leading zeros.
  var bitCount: Int {
    withUnsafeBytes { bytes in 8 * bytes.count - (bytes.first?.leadingZeroBitCount ?? 0) }
  }

  var isOdd: Bool { withUnsafeBytes { $0.last.map { $0 & 1 == 1 } ?? false } }
}
