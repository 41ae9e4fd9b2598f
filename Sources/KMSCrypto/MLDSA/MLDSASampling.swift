// What ML-DSA draws from a hash: the matrix of a public key, the challenge of a signature. All of it is public.

/// Polynomials drawn from a hash.
enum MLDSASampling {
  /// FIPS 204 Algorithm 29: τ coefficients ±1, the others 0.
  static func challenge(of seed: [UInt8], _ parameters: MLDSAParameters) throws(CryptoError) -> MLDSAPolynomial {
    // Eight bytes of signs, then up to 60 positions, for which one byte in four is passed over at most: four times as
    // many do not suffice for less than one signature in 2²⁰⁰.
    let stream = try DigestAlgorithm.shake256(seed, count: 272)
    guard let challenge = challenge(from: stream, tau: parameters.tau) else {
      throw .libraryFailure(operation: "SampleInBall", code: 0)
    }
    return challenge
  }

  private static func challenge(from stream: [UInt8], tau: Int) -> MLDSAPolynomial? {
    var polynomial = MLDSAPolynomial()
    var positions = stream.dropFirst(8)
    for (sign, index) in (MLDSAPolynomial.degree - tau..<MLDSAPolynomial.degree).enumerated() {
      guard let place = positions.firstIndex(where: { Int($0) <= index }) else { return nil }
      let position = Int(positions[place])
      positions = positions[(place + 1)...]
      polynomial.coefficients[index] = polynomial.coefficients[position]
      let isNegative = stream[sign / 8] >> (sign % 8) & 1 == 1
      polynomial.coefficients[position] = isNegative ? MLDSAPolynomial.q - 1 : 1
    }
    return polynomial
  }

  /// FIPS 204 Algorithm 30: an entry of A, which is a transform already.
  static func matrixEntry(seed: [UInt8], row: Int, column: Int) throws(CryptoError) -> MLDSAPolynomial {
    let seed = seed + [UInt8(truncatingIfNeeded: column), UInt8(truncatingIfNeeded: row)]
    // Of three bytes each, 280 candidates for 256 coefficients; fewer than one in a thousand is passed over, so that more
    // than 24 are passed over for less than one key in 2¹²⁰.
    let stream = try DigestAlgorithm.shake128(seed, count: 840)
    var coefficients: [Int32] = []
    coefficients.reserveCapacity(MLDSAPolynomial.degree)
    for start in stride(from: 0, to: stream.count, by: 3) where coefficients.count < MLDSAPolynomial.degree {
      let value = Int32(stream[start]) | Int32(stream[start + 1]) << 8 | Int32(stream[start + 2] & 0x7F) << 16
      if value < MLDSAPolynomial.q { coefficients.append(value) }
    }
    guard coefficients.count == MLDSAPolynomial.degree else {
      throw .libraryFailure(operation: "RejNTTPoly", code: 0)
    }
    return MLDSAPolynomial(coefficients: coefficients)
  }
}
