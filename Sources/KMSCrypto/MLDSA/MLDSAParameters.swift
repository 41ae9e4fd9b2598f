// The parameter sets of ML-DSA (FIPS 204 §4).

import CMLDSA

/// A parameter set.
struct MLDSAParameters: Sendable {
  /// The number in its name.
  let set: Int32
  let encoding: FixedLengthKeyEncoding

  var signatureByteCount: Int { cmldsa_signature_size(set) }

  static let mlDSA44 = MLDSAParameters(set: 44, encoding: .mlDSA44)
  static let mlDSA65 = MLDSAParameters(set: 65, encoding: .mlDSA65)
  static let mlDSA87 = MLDSAParameters(set: 87, encoding: .mlDSA87)
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
