// How a key encrypts: with its symmetric material, or with its public half.

import KMSCrypto
import KMSDomain
import KMSModel

/// What an encryption algorithm and a key come to together.
enum EncryptionMethod: Sendable {
  /// SYMMETRIC_DEFAULT.
  case symmetric
  /// RSAES_OAEP or SM2PKE.
  case publicKey(PublicKeyEncryptionAlgorithm)

  /// The algorithm as answers name it.
  var algorithm: EncryptionAlgorithm {
    switch self {
    case .symmetric: .symmetricDefault
    case .publicKey(let algorithm): EncryptionAlgorithm(rawValue: algorithm.rawValue)
    }
  }
}

extension ActiveKey {
  /// How the key encrypts with `algorithm`; refused when it does not.
  func encryptionMethod(
    _ algorithm: EncryptionAlgorithm?, encryptionContext: [String: String]?, for operation: String
  ) throws(Fault) -> EncryptionMethod {
    let name = (algorithm ?? .symmetricDefault).rawValue
    try require(.encryptDecrypt, algorithm: name, for: operation)
    guard let algorithm = PublicKeyEncryptionAlgorithm(rawValue: name) else {
      if record.customKeyStoreID != nil { _ = try OperationContext.additionalData(encryptionContext) }
      return .symmetric
    }
    guard encryptionContext ?? [:] == [:] else {
      throw .validation("An encryption context cannot be used with an asymmetric KMS key.")
    }
    return .publicKey(algorithm)
  }

  /// Refuses a plaintext that is longer than `method` takes with this key.
  func requireFit(_ byteCount: Int, _ method: EncryptionMethod) throws(Fault) {
    guard case .publicKey(let algorithm) = method, let limit = record.spec.plaintextLimit(algorithm),
      byteCount > limit
    else { return }
    throw .plaintextTooLong(algorithm.rawValue, spec: record.spec, limit: limit)
  }
}

extension KMSDomain.KeySpec {
  /// The longest plaintext of a public-key algorithm, in bytes: RFC 8017 §7.1.1 for OAEP; KMS's own for SM2.
  fileprivate func plaintextLimit(_ algorithm: PublicKeyEncryptionAlgorithm) -> Int? {
    let modulusByteCount: Int
    switch self {
    case .rsa2048: modulusByteCount = 256
    case .rsa3072: modulusByteCount = 384
    case .rsa4096: modulusByteCount = 512
    case .sm2: return 1024
    default: return nil
    }
    switch algorithm {
    case .rsaesOAEPSHA1: return modulusByteCount - 2 * 20 - 2
    case .rsaesOAEPSHA256: return modulusByteCount - 2 * 32 - 2
    case .sm2PKE: return nil
    }
  }
}
