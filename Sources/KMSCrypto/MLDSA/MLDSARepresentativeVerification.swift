// Verifying an ML-DSA signature over a message representative μ that the caller has computed.
//
// BoringSSL signs over μ, but verifies over messages only, and μ cannot be turned back into one. So this is FIPS 204
// Algorithm 8 without its line 7, from the public key on. Key, μ and signature are public: no step needs constant time.

import SecureMemory

extension MLDSAPublicKey {
  /// Whether `signature` is one over the message that `representative` stands for.
  func isValid(_ signature: [UInt8], representative: MLDSARepresentative) throws(CryptoError) -> Bool {
    guard let signature = MLDSASignature(signature, parameters) else { return false }
    let p = parameters
    let encoded = try encoded()
    let seed = Array(encoded.prefix(32))  // ρ

    var challenge = try MLDSASampling.challenge(of: signature.commitmentHash, p)
    challenge.transform()
    let responses = signature.responses.map { response in
      var response = response
      response.transform()
      return response
    }

    var commitment: [UInt8] = []
    for row in 0..<p.k {
      // A·z − c·t₁·2ᵈ, of which the signer's commitment is the high part.
      var sum = MLDSAPolynomial()
      for column in 0..<p.l {
        let entry = try MLDSASampling.matrixEntry(seed: seed, row: row, column: column)
        sum.addProduct(entry, responses[column])
      }
      var scaled = MLDSAPolynomial(publicKeyRow: row, of: encoded)
      scaled.transform()
      sum.subtractProduct(challenge, scaled)
      sum.transformBack()
      for index in sum.coefficients.indices {
        sum.coefficients[index] = Self.highBits(
          of: sum.coefficients[index], hint: signature.hints[row].contains(index), p)
      }
      commitment += sum.packed(bits: p.commitmentBits)
    }

    let bytes = representative.bytes.withUnsafeBytes { Array($0) } + commitment
    return try DigestAlgorithm.shake256(bytes, count: p.commitmentHashByteCount) == signature.commitmentHash
  }

  /// FIPS 204 Algorithms 36 and 40: the high bits of `r`, moved by one step where a hint says so.
  private static func highBits(of r: Int32, hint: Bool, _ parameters: MLDSAParameters) -> Int32 {
    let step = 2 * parameters.gamma2
    let count = (MLDSAPolynomial.q - 1) / step
    var low = r % step
    if low > parameters.gamma2 { low -= step }
    var high = (r - low) / step
    if r - low == MLDSAPolynomial.q - 1 {
      high = 0
      low -= 1
    }
    guard hint else { return high }
    return low > 0 ? (high + 1) % count : (high + count - 1) % count
  }
}

/// The three parts of a signature (FIPS 204 Algorithm 27).
private struct MLDSASignature {
  /// c̃
  let commitmentHash: [UInt8]
  /// z
  let responses: [MLDSAPolynomial]
  /// h: in each row, which coefficients have a hint
  let hints: [Set<Int>]

  /// Nil for bytes that are no signature, or whose response is too large.
  init?(_ bytes: [UInt8], _ parameters: MLDSAParameters) {
    guard bytes.count == parameters.signatureByteCount else { return nil }
    commitmentHash = Array(bytes.prefix(parameters.commitmentHashByteCount))
    var rest = bytes.dropFirst(parameters.commitmentHashByteCount)

    let bits = parameters.gamma1Exponent + 1
    let byteCount = bits * MLDSAPolynomial.degree / 8
    let gamma1 = Int32(1) << Int32(parameters.gamma1Exponent)
    var responses: [MLDSAPolynomial] = []
    for _ in 0..<parameters.l {
      var response = MLDSAPolynomial(packed: rest.prefix(byteCount), bits: bits)
      for index in response.coefficients.indices {
        let value = gamma1 - response.coefficients[index]
        guard abs(value) < gamma1 - parameters.beta else { return nil }
        response.coefficients[index] = value < 0 ? value + MLDSAPolynomial.q : value
      }
      responses.append(response)
      rest = rest.dropFirst(byteCount)
    }
    self.responses = responses

    guard let hints = Self.unpackHints(Array(rest), parameters) else { return nil }
    self.hints = hints
  }

  /// FIPS 204 Algorithm 21: positions in ascending order, then where each row's end; unused places are zero.
  private static func unpackHints(_ bytes: [UInt8], _ parameters: MLDSAParameters) -> [Set<Int>]? {
    guard bytes.count == parameters.omega + parameters.k else { return nil }
    var hints: [Set<Int>] = []
    var start = 0
    for end in bytes.suffix(parameters.k).map(Int.init) {
      guard end >= start, end <= parameters.omega else { return nil }
      let positions = bytes[start..<end]
      guard zip(positions, positions.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
      hints.append(Set(positions.map(Int.init)))
      start = end
    }
    guard bytes[start..<parameters.omega].allSatisfy({ $0 == 0 }) else { return nil }
    return hints
  }
}

/// Polynomials drawn from a hash.
private enum MLDSASampling {
  /// FIPS 204 Algorithm 29: τ coefficients ±1, the others 0.
  static func challenge(of seed: [UInt8], _ parameters: MLDSAParameters) throws(CryptoError) -> MLDSAPolynomial {
    // Each coefficient takes two bytes on average at most; the last of these lengths fails once in more than 2²⁰⁰ signatures.
    for byteCount in [272, 1088] {
      let stream = try DigestAlgorithm.shake256(seed, count: byteCount)
      if let challenge = challenge(from: stream, tau: parameters.tau) { return challenge }
    }
    throw .libraryFailure(operation: "SampleInBall", code: 0)
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
    // 256 coefficients of three bytes, of which one in a thousand is drawn again.
    for byteCount in [840, 1680] {
      let stream = try DigestAlgorithm.shake128(seed, count: byteCount)
      var coefficients: [Int32] = []
      coefficients.reserveCapacity(MLDSAPolynomial.degree)
      for start in stride(from: 0, to: stream.count, by: 3) where coefficients.count < MLDSAPolynomial.degree {
        let value = Int32(stream[start]) | Int32(stream[start + 1]) << 8 | Int32(stream[start + 2] & 0x7F) << 16
        if value < MLDSAPolynomial.q { coefficients.append(value) }
      }
      if coefficients.count == MLDSAPolynomial.degree { return MLDSAPolynomial(coefficients: coefficients) }
    }
    throw .libraryFailure(operation: "RejNTTPoly", code: 0)
  }
}

extension MLDSAPolynomial {
  /// t₁·2ᵈ of a row: ten bits a coefficient, after the seed (FIPS 204 Algorithm 23).
  fileprivate init(publicKeyRow row: Int, of publicKey: [UInt8]) {
    let byteCount = 10 * Self.degree / 8
    self.init(packed: publicKey.dropFirst(32 + row * byteCount).prefix(byteCount), bits: 10)
    for index in coefficients.indices { coefficients[index] <<= 13 }
  }

  /// Coefficients of `bits` bits, the lowest first. Bytes that are missing count as zero.
  fileprivate init(packed bytes: ArraySlice<UInt8>, bits: Int) {
    var coefficients: [Int32] = []
    coefficients.reserveCapacity(Self.degree)
    var pending: UInt64 = 0
    var pendingBits = 0
    var bytes = bytes
    for _ in 0..<Self.degree {
      while pendingBits < bits {
        pending |= UInt64(bytes.popFirst() ?? 0) << UInt64(pendingBits)
        pendingBits += 8
      }
      coefficients.append(Int32(truncatingIfNeeded: pending & (1 << UInt64(bits) - 1)))
      pending >>= UInt64(bits)
      pendingBits -= bits
    }
    self.init(coefficients: coefficients)
  }

  /// The reverse: coefficients must fit in `bits` bits.
  fileprivate func packed(bits: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var pending: UInt64 = 0
    var pendingBits = 0
    for coefficient in coefficients {
      pending |= UInt64(UInt32(bitPattern: coefficient)) << UInt64(pendingBits)
      pendingBits += bits
      while pendingBits >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        pendingBits -= 8
      }
    }
    return bytes
  }
}
