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
