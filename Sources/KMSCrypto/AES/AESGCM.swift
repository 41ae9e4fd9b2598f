// AES-256-GCM (NIST SP 800-38D), from buffer to buffer.

import COpenSSL
import SecureMemory

/// AES-256-GCM with 96-bit nonces and 128-bit tags.
///
/// OpenSSL rather than swift-crypto: it reads and writes the caller's buffers, so a plaintext is never in memory that
/// is not wiped, and it takes half the time with a fresh key, which every message here has.
enum AESGCM {
  static let keyByteCount = 32
  static let nonceByteCount = 12
  static let tagByteCount = 16

  /// What a message is sealed under, besides its key.
  struct Binding {
    /// 12 bytes, never used twice with one key.
    let nonce: UnsafeRawBufferPointer
    /// Authenticated, not encrypted: the first part, of a length that the format fixes…
    let header: UnsafeRawBufferPointer
    /// … and the rest of it.
    let associatedData: UnsafeRawBufferPointer
  }

  /// Encrypts `plaintext`, and writes ciphertext and tag to `output`, which must be 16 bytes longer.
  static func seal(
    _ plaintext: UnsafeRawBufferPointer, key: SecretBytes, _ binding: Binding,
    into output: UnsafeMutableRawBufferPointer
  ) throws(CryptoError) {
    guard output.count == plaintext.count + tagByteCount else { throw .inputTooLong }
    let context = try start(key: key, nonce: binding.nonce, encrypt: true)
    defer { EVP_CIPHER_CTX_free(context) }

    try update(context, nil, binding.header)
    try update(context, nil, binding.associatedData)
    let start = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    try update(context, start, plaintext)
    try finish(context)
    let tag = start?.advanced(by: plaintext.count)
    try OpenSSL.check(
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, Int32(tagByteCount), tag), "EVP_CTRL_AEAD_GET_TAG")
  }

  /// Decrypts `sealed` (ciphertext, then tag) into `output`, which must be 16 bytes shorter.
  ///
  /// When this throws, `output` may hold unauthenticated plaintext: the caller wipes it (as `SecretBytes` does).
  /// - Throws: ``CryptoError/authenticationFailure`` unless every input is the one that was sealed.
  static func open(
    _ sealed: UnsafeRawBufferPointer, key: SecretBytes, _ binding: Binding,
    into output: UnsafeMutableRawBufferPointer
  ) throws(CryptoError) {
    guard sealed.count == output.count + tagByteCount else { throw .authenticationFailure }
    let context = try start(key: key, nonce: binding.nonce, encrypt: false)
    defer { EVP_CIPHER_CTX_free(context) }

    // OpenSSL compares with this tag, in constant time; its parameter is not const, but it only reads.
    let tag = UnsafeMutableRawPointer(mutating: sealed.baseAddress?.advanced(by: output.count))
    try OpenSSL.check(
      EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, Int32(tagByteCount), tag), "EVP_CTRL_AEAD_SET_TAG")
    try update(context, nil, binding.header)
    try update(context, nil, binding.associatedData)
    let start = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    try update(context, start, UnsafeRawBufferPointer(rebasing: sealed.prefix(output.count)))
    do {
      try finish(context)
    } catch {
      throw .authenticationFailure
    }
  }

  // Fetched once, since fetching costs more than sealing. Sound to share: an EVP_CIPHER is immutable.
  private nonisolated(unsafe) static let cipher: OpaquePointer? = EVP_CIPHER_fetch(nil, "AES-256-GCM", nil)

  /// A context to use once. Freeing it wipes the key schedule.
  private static func start(
    key: SecretBytes, nonce: UnsafeRawBufferPointer, encrypt: Bool
  ) throws(CryptoError) -> OpaquePointer {
    guard key.count == keyByteCount else { throw .invalidKeyLength }
    guard nonce.count == nonceByteCount else { throw .invalidNonceLength }
    let cipher = try OpenSSL.require(cipher, "EVP_CIPHER_fetch")
    let context = try OpenSSL.require(EVP_CIPHER_CTX_new(), "EVP_CIPHER_CTX_new")
    let status = key.withUnsafeBytes { key in
      EVP_CipherInit_ex2(
        context, cipher, key.baseAddress?.assumingMemoryBound(to: UInt8.self),
        nonce.baseAddress?.assumingMemoryBound(to: UInt8.self), encrypt ? 1 : 0, nil)
    }
    guard status == 1 else {
      EVP_CIPHER_CTX_free(context)
      throw OpenSSL.failure("EVP_CipherInit_ex2")
    }
    return context
  }

  /// Passes `input` on: to be authenticated only, when there is no `output`.
  private static func update(
    _ context: OpaquePointer, _ output: UnsafeMutablePointer<UInt8>?, _ input: UnsafeRawBufferPointer
  ) throws(CryptoError) {
    guard !input.isEmpty else { return }
    guard let count = Int32(exactly: input.count) else { throw .inputTooLong }
    var written: Int32 = 0
    try OpenSSL.check(
      EVP_CipherUpdate(context, output, &written, input.baseAddress?.assumingMemoryBound(to: UInt8.self), count),
      "EVP_CipherUpdate")
  }

  private static func finish(_ context: OpaquePointer) throws(CryptoError) {
    var written: Int32 = 0
    var unused: UInt8 = 0  // GCM has no last block
    try OpenSSL.check(EVP_CipherFinal_ex(context, &unused, &written), "EVP_CipherFinal_ex")
  }
}
