// HMAC (RFC 2104, FIPS 198-1) under one key, many times.

import COpenSSL
public import SecureMemory

/// A key made ready for HMAC: opened once, used many times from any thread.
///
/// OpenSSL rather than swift-crypto, whose HMAC leaves the padded key in freed memory. The key is scheduled once, and
/// each message works on a copy of that state, which OpenSSL wipes when it is freed.
///
/// Sound as Sendable: after `init` the state is only read, to be copied, until `deinit` frees it.
public final class HMACKeyMaterial: @unchecked Sendable {
  /// The code it makes.
  public let algorithm: MACAlgorithm

  private let keyed: OpaquePointer

  /// Opens the key `bytes`.
  /// - Throws: ``CryptoError/invalidKeyLength`` for an empty key.
  public init(_ bytes: SecretBytes, _ algorithm: MACAlgorithm) throws(CryptoError) {
    guard bytes.count > 0 else { throw .invalidKeyLength }
    let library = try OpenSSL.require(Self.library, "EVP_MAC_fetch")
    self.algorithm = algorithm
    keyed = try OpenSSL.require(EVP_MAC_CTX_new(library), "EVP_MAC_CTX_new")
    // From here on a throw runs `deinit`, which frees the context.
    let parameters = OpenSSLParameters()
    parameters.append(OSSL_MAC_PARAM_DIGEST, text: algorithm.digest.openSSLName)
    let status = bytes.withUnsafeBytes { bytes in
      parameters.withUnsafePointer {
        EVP_MAC_init(keyed, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, $0)
      }
    }
    try OpenSSL.check(status, "EVP_MAC_init")
  }

  deinit { EVP_MAC_CTX_free(keyed) }

  /// The code of `message`.
  public func authenticate(_ message: SecretBytes) throws(CryptoError) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: algorithm.byteCount)
    try code.withUnsafeMutableBufferPointer { (code) throws(CryptoError) in
      try message.withUnsafeBytes { (message) throws(CryptoError) in
        try authenticate(message, into: UnsafeMutableRawBufferPointer(code))
      }
    }
    return code
  }

  /// Writes the code of `message` to `output`, which is as long as that.
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
    guard written == output.count else { throw OpenSSL.failure("EVP_MAC_final length") }
  }

  // Fetched once, since fetching costs more than a code. Sound to share: an EVP_MAC is immutable.
  private nonisolated(unsafe) static let library: OpaquePointer? = EVP_MAC_fetch(nil, "HMAC", nil)
}
