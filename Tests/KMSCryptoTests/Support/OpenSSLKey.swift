// A key that OpenSSL reads from DER, in this process: it signs and verifies for the tests.

import COpenSSL
import KMSCrypto

/// One OpenSSL key, either half.
final class OpenSSLKey {
  private let key: OpaquePointer

  /// A private key in PKCS #8.
  init?(pkcs8 der: [UInt8]) {
    let key = der.withUnsafeBufferPointer { bytes in
      var start = bytes.baseAddress
      return d2i_AutoPrivateKey(nil, &start, bytes.count)
    }
    guard let key else {
      ERR_clear_error()
      return nil
    }
    self.key = key
  }

  /// A public key in SubjectPublicKeyInfo.
  init?(spki der: [UInt8]) {
    let key = der.withUnsafeBufferPointer { bytes in
      var start = bytes.baseAddress
      return d2i_PUBKEY(nil, &start, bytes.count)
    }
    guard let key else {
      ERR_clear_error()
      return nil
    }
    self.key = key
  }

  deinit { EVP_PKEY_free(key) }

  /// Whether both hold the same public key.
  func hasSamePublicKey(as other: OpenSSLKey) -> Bool { EVP_PKEY_eq(key, other.key) == 1 }

  /// Whether the two halves of a private key belong together, and its numbers are in range.
  var isConsistent: Bool {
    let context = EVP_PKEY_CTX_new(key, nil)
    defer { EVP_PKEY_CTX_free(context) }
    defer { ERR_clear_error() }
    return EVP_PKEY_check(context) == 1
  }

  /// A signature over `message`; `digest` is nil for Ed25519, which hashes for itself.
  func sign(_ message: [UInt8], digest: String?, sm2ID: [UInt8]? = nil) -> [UInt8]? {
    withContext(sm2ID: sm2ID) { context in
      guard EVP_DigestSignInit_ex(context, nil, digest, nil, nil, key, nil) == 1 else { return nil }
      var count = 0
      guard EVP_DigestSign(context, nil, &count, message, message.count) == 1 else { return nil }
      var signature = [UInt8](repeating: 0, count: count)
      guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else { return nil }
      return Array(signature.prefix(count))
    }
  }

  /// Whether `signature` is one over `message`.
  func verifies(_ signature: [UInt8], _ message: [UInt8], digest: String?, sm2ID: [UInt8]? = nil) -> Bool {
    withContext(sm2ID: sm2ID) { context in
      EVP_DigestVerifyInit_ex(context, nil, digest, nil, nil, key, nil) == 1
        && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }
  }

  private func withContext<Result>(sm2ID: [UInt8]?, _ body: (OpaquePointer?) -> Result) -> Result {
    let context = EVP_MD_CTX_new()
    let keyContext = EVP_PKEY_CTX_new(key, nil)
    defer {
      EVP_MD_CTX_free(context)
      EVP_PKEY_CTX_free(keyContext)
      ERR_clear_error()
    }
    if let sm2ID {
      // SM2 signs over a hash of the signer's name; OpenSSL wants it before the digest starts.
      EVP_PKEY_CTX_set1_id(keyContext, sm2ID, Int32(sm2ID.count))
      EVP_MD_CTX_set_pkey_ctx(context, keyContext)
    }
    return body(context)
  }
}
