// ML-DSA signatures (FIPS 204): hedged, with an empty context, over a message or, to sign, over its representative μ.

import SecureMemory

extension MLDSAKey: SigningKey {
  func sign(_ input: SigningInput, _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
    guard algorithm == .mlDSASHAKE256 else { throw .unsupportedOperation }
    switch input {
    case .message(let message): return try sign(message)
    case .externalMu(let bytes): return try sign(representative: MLDSARepresentative(bytes))
    case .digest: throw .unsupportedOperation
    }
  }
}

extension MLDSAPublicKey: VerificationKey {
  func isValid(
    _ signature: [UInt8], of input: SigningInput, _ algorithm: SignatureAlgorithm
  ) throws(CryptoError) -> Bool {
    guard algorithm == .mlDSASHAKE256 else { throw .unsupportedOperation }
    switch input {
    case .message(let message): return isValid(signature, of: message)
    // BoringSSL signs over μ but verifies over messages only, and μ cannot be turned back into one.
    case .externalMu, .digest: throw .unsupportedOperation
    }
  }
}
