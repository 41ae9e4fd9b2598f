// The parameter sets of ML-DSA (FIPS 204 §4).

import CMLDSA

/// A parameter set.
struct MLDSAParameters: Sendable {
  /// The number in its name.
  let set: Int32
  let encoding: FixedLengthKeyEncoding
  /// The matrix has k rows…
  let k: Int
  /// … and ℓ columns.
  let l: Int
  /// How many coefficients of the challenge are ±1.
  let tau: Int
  /// How large a challenge times a secret can be, τ·η.
  let beta: Int32
  /// Coefficients of the mask lie within ±2 to this power.
  let gamma1Exponent: Int
  /// Low-order bits are rounded off in steps of 2·γ₂.
  let gamma2: Int32
  /// How many bits a rounded coefficient takes.
  let commitmentBits: Int
  /// How many hints a signature can have.
  let omega: Int
  /// The size of the commitment hash c̃: λ/4.
  let commitmentHashByteCount: Int

  var signatureByteCount: Int { cmldsa_signature_size(set) }

  static let mlDSA44 = MLDSAParameters(
    set: 44, encoding: .mlDSA44, k: 4, l: 4, tau: 39, beta: 78, gamma1Exponent: 17,
    gamma2: (MLDSAPolynomial.q - 1) / 88, commitmentBits: 6, omega: 80, commitmentHashByteCount: 32)
  static let mlDSA65 = MLDSAParameters(
    set: 65, encoding: .mlDSA65, k: 6, l: 5, tau: 49, beta: 196, gamma1Exponent: 19,
    gamma2: (MLDSAPolynomial.q - 1) / 32, commitmentBits: 4, omega: 55, commitmentHashByteCount: 48)
  static let mlDSA87 = MLDSAParameters(
    set: 87, encoding: .mlDSA87, k: 8, l: 7, tau: 60, beta: 120, gamma1Exponent: 19,
    gamma2: (MLDSAPolynomial.q - 1) / 32, commitmentBits: 4, omega: 75, commitmentHashByteCount: 64)
}

extension MLDSAParameters {
  /// The parameter set of `algorithm`; nil for what is not ML-DSA.
  init?(_ algorithm: KeyPairAlgorithm) {
    switch algorithm {
    case .mlDSA44: self = .mlDSA44
    case .mlDSA65: self = .mlDSA65
    case .mlDSA87: self = .mlDSA87
    default: return nil
    }
  }
}
