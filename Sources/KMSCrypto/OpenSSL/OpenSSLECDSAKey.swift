// ECDSA (FIPS 186-5 §6) by OpenSSL, for the curves that swift-crypto has not, or is slow on.

import COpenSSL

/// An open key on one of OpenSSL's curves, which signs digests of one kind. Its signatures are DER.
struct OpenSSLECDSAKey: SigningKey, VerificationKey {
  let key: OpenSSLKey
  let algorithm: SignatureAlgorithm
  let digest: DigestAlgorithm

  func sign(_ input: SigningInput, _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
    guard algorithm == self.algorithm else { throw .unsupportedOperation }
    return try key.sign(try input.digest(by: digest)) { (context) throws(CryptoError) in try configure(context) }
  }

  func isValid(
    _ signature: [UInt8], of input: SigningInput, _ algorithm: SignatureAlgorithm
  ) throws(CryptoError) -> Bool {
    guard algorithm == self.algorithm else { throw .unsupportedOperation }
    return try key.isValid(signature, of: try input.digest(by: digest)) { (context) throws(CryptoError) in
      try configure(context)
    }
  }

  private func configure(_ context: OpaquePointer) throws(CryptoError) {
    try OpenSSL.check(EVP_PKEY_CTX_set_signature_md(context, try digest.openSSL()), "EVP_PKEY_CTX_set_signature_md")
  }
}
