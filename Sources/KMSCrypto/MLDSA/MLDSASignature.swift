// Signatures of ML-DSA, taken apart for verifying.

/// The three parts of a signature (FIPS 204 Algorithm 27).
struct MLDSASignature {
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
