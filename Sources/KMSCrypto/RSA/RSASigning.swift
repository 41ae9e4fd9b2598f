// RSA signatures (RFC 8017 §8) by OpenSSL.

import COpenSSL
import SecureMemory

extension RSAKey: SigningKey, VerificationKey {
  func sign(_ input: SigningInput, _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
    let scheme = try RSASignatureScheme(algorithm)
    return try key.sign(try input.digest(by: scheme.digest)) { (context) throws(CryptoError) in
      try scheme.configure(context)
    }
  }

  func isValid(
    _ signature: [UInt8], of input: SigningInput, _ algorithm: SignatureAlgorithm
  ) throws(CryptoError) -> Bool {
    let scheme = try RSASignatureScheme(algorithm)
    let digest = try input.digest(by: scheme.digest)
    guard signature.count == modulusByteCount else { return false }
    return try key.isValid(signature, of: digest) { (context) throws(CryptoError) in try scheme.configure(context) }
  }
}

/// A padding and a hash function.
private struct RSASignatureScheme {
  let isPSS: Bool
  let digest: DigestAlgorithm

  init(_ algorithm: SignatureAlgorithm) throws(CryptoError) {
    switch algorithm {
    case .rsassaPKCS1v15SHA256: (isPSS, digest) = (false, .sha256)
    case .rsassaPKCS1v15SHA384: (isPSS, digest) = (false, .sha384)
    case .rsassaPKCS1v15SHA512: (isPSS, digest) = (false, .sha512)
    case .rsassaPSSSHA256: (isPSS, digest) = (true, .sha256)
    case .rsassaPSSSHA384: (isPSS, digest) = (true, .sha384)
    case .rsassaPSSSHA512: (isPSS, digest) = (true, .sha512)
    case .ecdsaSHA256, .ecdsaSHA384, .ecdsaSHA512, .ed25519SHA512, .ed25519phSHA512, .sm2DSA, .mlDSASHAKE256:
      throw .unsupportedOperation
    }
  }

  func configure(_ context: OpaquePointer) throws(CryptoError) {
    let function = try digest.openSSL()
    let padding = isPSS ? RSA_PKCS1_PSS_PADDING : RSA_PKCS1_PADDING
    try OpenSSL.check(EVP_PKEY_CTX_set_rsa_padding(context, padding), "EVP_PKEY_CTX_set_rsa_padding")
    try OpenSSL.check(EVP_PKEY_CTX_set_signature_md(context, function), "EVP_PKEY_CTX_set_signature_md")
    guard isPSS else { return }
    try OpenSSL.check(EVP_PKEY_CTX_set_rsa_mgf1_md(context, function), "EVP_PKEY_CTX_set_rsa_mgf1_md")
    let saltByteCount = Int32(digest.byteCount)
    try OpenSSL.check(
      EVP_PKEY_CTX_set_rsa_pss_saltlen(context, saltByteCount), "EVP_PKEY_CTX_set_rsa_pss_saltlen")
  }
}
