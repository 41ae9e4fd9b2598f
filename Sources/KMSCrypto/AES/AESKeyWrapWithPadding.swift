// AES key wrap with padding (RFC 5649, NIST SP 800-38F KWP), by OpenSSL.

import COpenSSL
import SecureMemory

/// AES-256-KWP.
enum AESKeyWrapWithPadding {
  static let keyByteCount = 32

  /// What `wrapped` holds.
  /// - Throws: ``CryptoError/authenticationFailure`` unless it was wrapped, as it is, under `key`.
  static func unwrap(_ wrapped: ArraySlice<UInt8>, key: SecretBytes) throws(CryptoError) -> SecretBytes {
    guard key.count == keyByteCount else { throw .invalidKeyLength }
    // Two blocks of 64 bits at least: what is wrapped has one byte at least.
    guard wrapped.count >= 16, wrapped.count.isMultiple(of: 8), let size = Int32(exactly: wrapped.count) else {
      throw .authenticationFailure
    }
    let context = try OpenSSL.require(EVP_CIPHER_CTX_new(), "EVP_CIPHER_CTX_new")
    defer { EVP_CIPHER_CTX_free(context) }
    EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW)
    let cipher = try OpenSSL.require(cipher, "EVP_CIPHER_fetch")
    let status = key.withUnsafeBytes { key in
      EVP_DecryptInit_ex2(context, cipher, key.baseAddress?.assumingMemoryBound(to: UInt8.self), nil, nil)
    }
    try OpenSSL.check(status, "EVP_DecryptInit_ex2")

    var written: Int32 = -1
    let buffer = SecretBytes(count: wrapped.count) { output in
      wrapped.withUnsafeBufferPointer { wrapped in
        let start = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        if EVP_DecryptUpdate(context, start, &written, wrapped.baseAddress, size) != 1 { written = -1 }
      }
    }
    ERR_clear_error()
    guard written > 0, written <= size else { throw .authenticationFailure }
    return buffer.withUnsafeBytes { SecretBytes(copying: UnsafeRawBufferPointer(rebasing: $0.prefix(Int(written)))) }
  }

  // Sound to share: an EVP_CIPHER is immutable.
  private nonisolated(unsafe) static let cipher: OpaquePointer? = EVP_CIPHER_fetch(nil, "AES-256-WRAP-PAD", nil)
}
