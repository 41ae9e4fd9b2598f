// RSA private keys in the forms that others write: they differ in the private exponent and in the primes' order.

import COpenSSL
import SecureMemory
import Testing

@testable import KMSCrypto

/// Two primes and a public exponent, big-endian, from which all the rest is computed.
struct RSAForm {
  enum PrivateExponent: CaseIterable {
    /// e⁻¹ mod λ, where λ = lcm(p − 1, q − 1): RFC 8017, FIPS 186-5.
    case smallest
    /// e⁻¹ mod λ, and λ more: it still undoes e.
    case second
    /// e⁻¹ mod (p − 1)(q − 1): the first RSA paper's, and most programs'.
    case moduloProduct
  }

  var prime1: [UInt8]
  var prime2: [UInt8]
  var publicExponent: [UInt8] = [1, 0, 1]
  var privateExponent = PrivateExponent.smallest

  /// The primes of a key, in its order.
  init(primesOf privateKey: SecretBytes) throws {
    let numbers = try RSANumbers(pkcs8: privateKey)
    (prime1, prime2) = (numbers.prime1.revealed, numbers.prime2.revealed)
  }

  init(prime1: [UInt8], prime2: [UInt8], publicExponent: [UInt8] = [1, 0, 1]) {
    (self.prime1, self.prime2, self.publicExponent) = (prime1, prime2, publicExponent)
  }

  /// PKCS #8.
  func pkcs8() throws -> SecretBytes {
    let algorithm = BER.sequence(BER.identifier(RSANumbers.rsaEncryption), [5, 0])
    let key = BER.element(0x30, BER.integer([0]) + (try numbers().flatMap { BER.integer([0] + $0) }))
    return SecretBytes(BER.sequence(BER.integer([0]), algorithm, BER.octets(key)))
  }

  /// The eight numbers of RSAPrivateKey.
  private func numbers() throws -> [[UInt8]] {
    let context = try #require(BN_CTX_new())
    defer { BN_CTX_free(context) }
    BN_CTX_start(context)
    defer { BN_CTX_end(context) }
    func number(_ bytes: [UInt8] = []) throws -> OpaquePointer {
      let place: OpaquePointer? = BN_CTX_get(context)
      try #require(place != nil)
      return try #require(BN_bin2bn(bytes, Int32(bytes.count), place))
    }
    let (p, q, e) = (try number(prime1), try number(prime2), try number(publicExponent))
    let (n, order1, order2) = (try number(), try number(), try number())
    try #require(BN_mul(n, p, q, context) == 1)
    try #require(BN_sub(order1, p, BN_value_one()) == 1 && BN_sub(order2, q, BN_value_one()) == 1)

    let (product, common, multiple, d) = (try number(), try number(), try number(), try number())
    try #require(BN_mul(product, order1, order2, context) == 1)
    try #require(BN_gcd(common, order1, order2, context) == 1)
    try #require(BN_div(multiple, nil, product, common, context) == 1)
    try #require(BN_mod_inverse(d, e, privateExponent == .moduloProduct ? product : multiple, context) != nil)
    if privateExponent == .second { try #require(BN_add(d, d, multiple) == 1) }

    let (exponent1, exponent2, coefficient) = (try number(), try number(), try number())
    try #require(BN_div(nil, exponent1, d, order1, context) == 1)
    try #require(BN_div(nil, exponent2, d, order2, context) == 1)
    try #require(BN_mod_inverse(coefficient, q, p, context) != nil)
    return [n, e, d, p, q, exponent1, exponent2, coefficient].map { number in
      var bytes = [UInt8](repeating: 0, count: Int(BN_num_bits(number) + 7) / 8)
      BN_bn2bin(number, &bytes)
      return bytes
    }
  }
}
