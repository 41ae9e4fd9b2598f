// SM2 signatures (GB/T 32918.2) in DER, by OpenSSL.

import COpenSSL
import SecureMemory

extension SM2Key: SigningKey, VerificationKey {
  func sign(_ input: SigningInput, _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
    guard algorithm == .sm2DSA else { throw .unsupportedOperation }
    guard case .message(let message) = input else {
      // The digest is the standard's e, in which the caller has already hashed the signer's name, or not.
      return try key.sign(try input.digest(by: .sm3)) { _ in }
    }
    return try withMessageContext(EVP_DigestSignInit_ex) { (context) throws(CryptoError) in
      try message.withUnsafeBytes { (message) throws(CryptoError) in
        let start = message.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var signature = [UInt8](repeating: 0, count: key.signatureByteCountLimit)
        var count = signature.count
        try OpenSSL.check(EVP_DigestSign(context, &signature, &count, start, message.count), "EVP_DigestSign")
        signature.removeLast(signature.count - count)
        return signature
      }
    }
  }

  func isValid(
    _ signature: [UInt8], of input: SigningInput, _ algorithm: SignatureAlgorithm
  ) throws(CryptoError) -> Bool {
    guard algorithm == .sm2DSA else { throw .unsupportedOperation }
    guard case .message(let message) = input else {
      return try key.isValid(signature, of: try input.digest(by: .sm3)) { _ in }
    }
    return try withMessageContext(EVP_DigestVerifyInit_ex) { (context) throws(CryptoError) in
      defer { ERR_clear_error() }
      return message.withUnsafeBytes { message in
        let start = message.baseAddress?.assumingMemoryBound(to: UInt8.self)
        return EVP_DigestVerify(context, signature, signature.count, start, message.count) == 1
      }
    }
  }

  /// What `EVP_DigestSignInit_ex` and `EVP_DigestVerifyInit_ex` are.
  private typealias Start = (
    OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>?, UnsafePointer<CChar>?, OpaquePointer?,
    UnsafePointer<CChar>?, OpaquePointer?, UnsafePointer<OSSL_PARAM>?
  ) -> Int32

  /// Lends a context that hashes the signer's name and key before the message.
  private func withMessageContext<Result>(
    _ start: Start, _ body: (OpaquePointer) throws(CryptoError) -> Result
  ) throws(CryptoError) -> Result {
    let context = try OpenSSL.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
    defer { EVP_MD_CTX_free(context) }
    // The name is taken once the operation has started and before the message comes. The context frees the key's.
    var keyContext: OpaquePointer?
    let status = start(context, &keyContext, DigestAlgorithm.sm3.openSSLName, nil, nil, key.key, nil)
    try OpenSSL.check(status, "EVP_DigestSignInit_ex")
    let name = Self.defaultSignerName
    try OpenSSL.check(
      EVP_PKEY_CTX_set1_id(keyContext, name, Int32(truncatingIfNeeded: name.count)), "EVP_PKEY_CTX_set1_id")
    return try body(context)
  }

  /// GB/T 32918.2's, and the one that KMS uses.
  private static let defaultSignerName = Array("1234567812345678".utf8)
}
