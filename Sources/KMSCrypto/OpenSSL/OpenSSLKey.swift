// An open OpenSSL key, either half, and what can be done with it.

import COpenSSL
import SecureMemory

/// A key that OpenSSL holds open.
///
/// Sound as Sendable: OpenSSL 3 never alters a key after it is made, but for caches that it locks itself (RSA blinding,
/// Montgomery forms). Each call works in an `EVP_PKEY_CTX` of its own.
final class OpenSSLKey: @unchecked Sendable {
  /// Which half a key is made of.
  enum Half {
    case publicKey, keyPair
  }

  let key: OpaquePointer

  /// Makes a key of its numbers.
  /// - Parameter type: OpenSSL's name for the kind of key: `RSA`, `EC`, `SM2`.
  /// - Throws: ``CryptoError/malformed`` for numbers that OpenSSL does not take, a point off the curve for instance.
  init(type: String, _ half: Half, _ parameters: OpenSSLParameters) throws(CryptoError) {
    let context = try OpenSSL.require(EVP_PKEY_CTX_new_from_name(nil, type, nil), "EVP_PKEY_CTX_new_from_name")
    defer { EVP_PKEY_CTX_free(context) }
    try OpenSSL.check(EVP_PKEY_fromdata_init(context), "EVP_PKEY_fromdata_init")
    let selection = half == .keyPair ? COpenSSL_EVP_PKEY_KEYPAIR() : COpenSSL_EVP_PKEY_PUBLIC_KEY()
    var made: OpaquePointer?
    let status = parameters.withUnsafePointer { EVP_PKEY_fromdata(context, &made, selection, $0) }
    guard status == 1, let made else {
      ERR_clear_error()
      throw .malformed
    }
    key = made
  }

  deinit { EVP_PKEY_free(key) }

  /// Whether the numbers of a key pair are in range and belong together; for RSA, whether the factors are prime.
  var isConsistent: Bool {
    guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key, nil) else { return false }
    defer {
      EVP_PKEY_CTX_free(context)
      ERR_clear_error()
    }
    return EVP_PKEY_check(context) == 1
  }

  /// No signature of this key is longer; RSA's are exactly as long.
  var signatureByteCountLimit: Int { Int(EVP_PKEY_get_size(key)) }

  /// Signs a digest. `configure` sets padding and digest of the operation.
  func sign(
    _ digest: SecretBytes, configure: (OpaquePointer) throws(CryptoError) -> Void
  ) throws(CryptoError) -> [UInt8] {
    let context = try makeContext()
    defer { EVP_PKEY_CTX_free(context) }
    try OpenSSL.check(EVP_PKEY_sign_init(context), "EVP_PKEY_sign_init")
    try configure(context)
    var signature = [UInt8](repeating: 0, count: signatureByteCountLimit)
    var count = signature.count
    let status = digest.withUnsafeBytes { digest in
      EVP_PKEY_sign(
        context, &signature, &count, digest.baseAddress?.assumingMemoryBound(to: UInt8.self), digest.count)
    }
    try OpenSSL.check(status, "EVP_PKEY_sign")
    signature.removeLast(signature.count - count)
    return signature
  }

  /// Whether `signature` is one over a digest. `configure` sets padding and digest of the operation.
  func isValid(
    _ signature: [UInt8], of digest: SecretBytes, configure: (OpaquePointer) throws(CryptoError) -> Void
  ) throws(CryptoError) -> Bool {
    let context = try makeContext()
    defer { EVP_PKEY_CTX_free(context) }
    try OpenSSL.check(EVP_PKEY_verify_init(context), "EVP_PKEY_verify_init")
    try configure(context)
    // A malformed signature gives a negative status, which is not told apart from a wrong one.
    defer { ERR_clear_error() }
    return digest.withUnsafeBytes { digest in
      EVP_PKEY_verify(
        context, signature, signature.count, digest.baseAddress?.assumingMemoryBound(to: UInt8.self), digest.count)
    } == 1
  }

  /// Encrypts `plaintext`. `configure` sets the padding of the operation.
  func encrypt(
    _ plaintext: SecretBytes, configure: (OpaquePointer) throws(CryptoError) -> Void
  ) throws(CryptoError) -> [UInt8] {
    let context = try makeContext()
    defer { EVP_PKEY_CTX_free(context) }
    try OpenSSL.check(EVP_PKEY_encrypt_init(context), "EVP_PKEY_encrypt_init")
    try configure(context)
    return try plaintext.withUnsafeBytes { (plaintext) throws(CryptoError) in
      let start = plaintext.baseAddress?.assumingMemoryBound(to: UInt8.self)
      var count = 0
      try OpenSSL.check(EVP_PKEY_encrypt(context, nil, &count, start, plaintext.count), "EVP_PKEY_encrypt size")
      var ciphertext = [UInt8](repeating: 0, count: count)
      try OpenSSL.check(EVP_PKEY_encrypt(context, &ciphertext, &count, start, plaintext.count), "EVP_PKEY_encrypt")
      ciphertext.removeLast(ciphertext.count - count)
      return ciphertext
    }
  }

  /// Decrypts `ciphertext`, of which the plaintext takes `maximumCount` bytes at most. `configure` sets the padding of
  /// the operation.
  /// - Throws: ``CryptoError/authenticationFailure`` whatever is wrong with the ciphertext.
  func decrypt(
    _ ciphertext: [UInt8], maximumCount: Int, configure: (OpaquePointer) throws(CryptoError) -> Void
  ) throws(CryptoError) -> SecretBytes {
    let context = try makeContext()
    defer { EVP_PKEY_CTX_free(context) }
    try OpenSSL.check(EVP_PKEY_decrypt_init(context), "EVP_PKEY_decrypt_init")
    try configure(context)
    var count = maximumCount
    var status: Int32 = 0
    let buffer = SecretBytes(count: maximumCount) { buffer in
      status = EVP_PKEY_decrypt(
        context, buffer.baseAddress?.assumingMemoryBound(to: UInt8.self), &count, ciphertext, ciphertext.count)
    }
    ERR_clear_error()
    guard status == 1, count <= maximumCount else { throw .authenticationFailure }
    return buffer.withUnsafeBytes { SecretBytes(copying: UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
  }

  private func makeContext() throws(CryptoError) -> OpaquePointer {
    try OpenSSL.require(EVP_PKEY_CTX_new_from_pkey(nil, key, nil), "EVP_PKEY_CTX_new_from_pkey")
  }
}
