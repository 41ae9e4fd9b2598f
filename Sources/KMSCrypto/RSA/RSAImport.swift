// RSA private keys, as others write them.

import SecureMemory

extension RSAKeyPairs {
  /// Reads a private key of the size that `algorithm` says, and derives its public half.
  /// - Throws: ``CryptoError/malformed`` for anything else, for numbers that do not belong together, and for weak ones.
  static func importKeyPair(
    _ privateKey: SecretBytes, _ algorithm: KeyPairAlgorithm
  ) throws(CryptoError) -> KeyPair {
    let numbers = try RSANumbers(pkcs8: privateKey)
    guard let modulusBits = algorithm.modulusBits, numbers.modulus.bitCount == modulusBits,
      numbers.prime1.bitCount == modulusBits / 2, numbers.prime2.bitCount == modulusBits / 2,
      // FIPS 186-5 §5.1: odd, 2¹⁶ < e < 2²⁵⁶. OpenSSL wants 64 bits at most once n has more than 3072.
      numbers.publicExponent.isOdd, (17...64).contains(numbers.publicExponent.bitCount),
      // Longer ones are not numbers below the modulus, or the primes.
      numbers.privateExponent.bitCount <= modulusBits,
      [numbers.exponent1, numbers.exponent2, numbers.coefficient].allSatisfy({ $0.bitCount <= modulusBits / 2 }),
      try numbers.open().isConsistent
    else { throw .malformed }
    return KeyPair(try numbers.canonical())
  }
}

extension KeyPairAlgorithm {
  /// The size of an RSA modulus; nil for what is not RSA.
  var modulusBits: Int? {
    switch self {
    case .rsa2048: 2048
    case .rsa3072: 3072
    case .rsa4096: 4096
    default: nil
    }
  }
}
