// One form for each RSA private key.

import SecureMemory

extension RSANumbers {
  /// The same private key in the form that ``RSAKeyPairs/generate(modulusBits:)`` makes: the larger prime first, and
  /// the smallest private exponent, e⁻¹ mod lcm(p − 1, q − 1). Others write the primes in any order, and take the
  /// inverse mod (p − 1)(q − 1).
  ///
  /// The numbers must belong together, and the primes be of the same length.
  /// - Throws: ``CryptoError/malformed`` for a key that FIPS 186-5 forbids for being easy to break: with primes that
  ///   are close together (§A.1.3), or a short private exponent (§A.1.1).
  func canonical() throws(CryptoError) -> RSANumbers {
    try OpenSSLArithmetic.perform { (arithmetic) throws(CryptoError) in
      var (larger, smaller) = (try arithmetic.number(prime1), try arithmetic.number(prime2))
      let isInOrder = arithmetic.isGreater(larger, smaller)
      if !isInOrder { swap(&larger, &smaller) }

      let primeBits = prime1.bitCount
      let difference = try arithmetic.difference(larger, smaller)
      guard arithmetic.isGreater(difference, try arithmetic.powerOfTwo(primeBits - 100)) else { throw .malformed }

      let one = try arithmetic.powerOfTwo(0)
      let order1 = try arithmetic.difference(larger, one)
      let order2 = try arithmetic.difference(smaller, one)
      let exponent = try arithmetic.inverse(
        try arithmetic.number(publicExponent), modulo: try arithmetic.leastCommonMultiple(order1, order2))
      guard arithmetic.isGreater(exponent, try arithmetic.powerOfTwo(primeBits)) else { throw .malformed }

      return RSANumbers(
        modulus: modulus, publicExponent: publicExponent,
        privateExponent: try arithmetic.bytes(exponent),
        prime1: isInOrder ? prime1 : prime2, prime2: isInOrder ? prime2 : prime1,
        exponent1: try arithmetic.bytes(try arithmetic.remainder(exponent, order1)),
        exponent2: try arithmetic.bytes(try arithmetic.remainder(exponent, order2)),
        coefficient: try arithmetic.bytes(try arithmetic.inverse(smaller, modulo: larger)))
    }
  }
}
