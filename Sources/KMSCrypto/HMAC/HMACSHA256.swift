// HMAC-SHA-256 (RFC 2104, FIPS 180-4) under one key, many times.

import COpenSSL
import SecureMemory

/// A key made ready for HMAC-SHA-256.
///
/// OpenSSL rather than swift-crypto, whose HMAC leaves the padded key in freed memory. The key is scheduled once, and
/// each message works on a copy of that state, which OpenSSL wipes when it is freed.
///
/// Sound as Sendable: after `init` the state is only read, to be copied, until `deinit` frees it.
final class HMACSHA256: @unchecked Sendable {
  static let byteCount = 32

  private let keyed: OpaquePointer

  /// - Throws: ``CryptoError/invalidKeyLength`` for an empty key.
  init(key: SecretBytes) throws(CryptoError) {
    guard key.count > 0 else { throw .invalidKeyLength }
    let algorithm = try OpenSSL.require(Self.algorithm, "EVP_MAC_fetch")
    keyed = try OpenSSL.require(EVP_MAC_CTX_new(algorithm), "EVP_MAC_CTX_new")
    // From here on a throw runs `deinit`, which frees the context.
    let status = key.withUnsafeBytes { key in
      Self.withDigestParameter { parameters in
        EVP_MAC_init(keyed, key.baseAddress?.assumingMemoryBound(to: UInt8.self), key.count, parameters)
      }
    }
    try OpenSSL.check(status, "EVP_MAC_init")
  }

  deinit { EVP_MAC_CTX_free(keyed) }

  /// Writes the 32-byte code of `message` to `output`.
  func authenticate(_ message: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(CryptoError) {
    let context = try OpenSSL.require(EVP_MAC_CTX_dup(keyed), "EVP_MAC_CTX_dup")
    defer { EVP_MAC_CTX_free(context) }
    if !message.isEmpty {
      let start = message.baseAddress?.assumingMemoryBound(to: UInt8.self)
      try OpenSSL.check(EVP_MAC_update(context, start, message.count), "EVP_MAC_update")
    }
    var written = 0
    let start = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    try OpenSSL.check(EVP_MAC_final(context, start, &written, output.count), "EVP_MAC_final")
    guard written == Self.byteCount else { throw OpenSSL.failure("EVP_MAC_final length") }
  }

  // Fetched once, since fetching costs more than a code. Sound to share: an EVP_MAC is immutable.
  private nonisolated(unsafe) static let algorithm: OpaquePointer? = EVP_MAC_fetch(nil, "HMAC", nil)

  private static func withDigestParameter(_ body: (UnsafePointer<OSSL_PARAM>?) -> Int32) -> Int32 {
    OSSL_MAC_PARAM_DIGEST.withCString { name in
      // OpenSSL only reads the value; the parameter type serves for writing as well, hence no const.
      var digest = Array("SHA256".utf8CString)
      return digest.withUnsafeMutableBufferPointer { digest in
        let parameters = [
          OSSL_PARAM_construct_utf8_string(name, digest.baseAddress, 0), OSSL_PARAM_construct_end(),
        ]
        return parameters.withUnsafeBufferPointer { body($0.baseAddress) }
      }
    }
  }
}
