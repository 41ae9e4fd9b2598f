// A key of any kind that OpenSSL knows.

import CLibcrypto
import KMSClient

/// Something that OpenSSL did not do.
struct OpenSSLError: Error {
  let function: String
}

/// A key pair's half, freed with its last reference; OpenSSL wipes private keys when it frees them.
final class OpenSSLKey {
  private let key: OpaquePointer

  /// Reads a private key. The secret is lent to OpenSSL, and no copy of it is made in Swift.
  init(pkcs8: SecretBytes) throws {
    let key = pkcs8.withUnsafeBytes { bytes in
      var start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
      return d2i_AutoPrivateKey(nil, &start, bytes.count)
    }
    guard let key else { throw OpenSSLError(function: "d2i_AutoPrivateKey") }
    self.key = key
  }

  /// Reads a public key.
  init(subjectPublicKeyInfo: [UInt8]) throws {
    let key = subjectPublicKeyInfo.withUnsafeBufferPointer { bytes in
      var start = bytes.baseAddress
      return d2i_PUBKEY(nil, &start, bytes.count)
    }
    guard let key else { throw OpenSSLError(function: "d2i_PUBKEY") }
    self.key = key
  }

  deinit { EVP_PKEY_free(key) }

  /// A signature of `message`, DER.
  func sign(_ message: [UInt8], digest: String) throws -> [UInt8] {
    try withContext { context in
      try start(EVP_DigestSignInit_ex, context, digest)
      var count = 0
      guard EVP_DigestSign(context, nil, &count, message, message.count) == 1 else {
        throw OpenSSLError(function: "EVP_DigestSign")
      }
      var signature = [UInt8](repeating: 0, count: count)
      guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else {
        throw OpenSSLError(function: "EVP_DigestSign")
      }
      return Array(signature.prefix(count))
    }
  }

  /// Whether `signature` is one of `message`.
  func isValid(_ signature: [UInt8], of message: [UInt8], digest: String) throws -> Bool {
    try withContext { context in
      try start(EVP_DigestVerifyInit_ex, context, digest)
      return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
  }

  private func withContext<Result>(_ body: (OpaquePointer) throws -> Result) throws -> Result {
    guard let context = EVP_MD_CTX_new() else { throw OpenSSLError(function: "EVP_MD_CTX_new") }
    defer { EVP_MD_CTX_free(context) }
    return try body(context)
  }

  /// What `EVP_DigestSignInit_ex` and `EVP_DigestVerifyInit_ex` are.
  private typealias Start = (
    OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>?, UnsafePointer<CChar>?, OpaquePointer?,
    UnsafePointer<CChar>?, OpaquePointer?, UnsafePointer<OSSL_PARAM>?
  ) -> Int32

  private func start(_ function: Start, _ context: OpaquePointer, _ digest: String) throws {
    var keyContext: OpaquePointer?
    guard function(context, &keyContext, digest, nil, nil, key, nil) == 1 else {
      throw OpenSSLError(function: "EVP_DigestSignInit_ex")
    }
    if EVP_PKEY_is_a(key, "SM2") == 1 {
      // SM2 hashes the signer's name, too. This one is the standard's (GB/T 32918.2), and the one KMS's own Sign uses.
      let name = "1234567812345678"
      guard EVP_PKEY_CTX_set1_id(keyContext, name, Int32(name.utf8.count)) == 1 else {
        throw OpenSSLError(function: "EVP_PKEY_CTX_set1_id")
      }
    }
  }
}
