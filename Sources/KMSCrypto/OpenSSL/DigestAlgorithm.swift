// Hash functions, by OpenSSL.

import COpenSSL
import SecureMemory

/// A hash function (FIPS 180-4, GB/T 32905).
enum DigestAlgorithm: CaseIterable {
  case sha1, sha224, sha256, sha384, sha512, sm3

  var byteCount: Int {
    switch self {
    case .sha1: 20
    case .sha224: 28
    case .sha256, .sm3: 32
    case .sha384: 48
    case .sha512: 64
    }
  }

  var openSSLName: String {
    switch self {
    case .sha1: "SHA1"
    case .sha224: "SHA224"
    case .sha256: "SHA256"
    case .sha384: "SHA384"
    case .sha512: "SHA512"
    case .sm3: "SM3"
    }
  }

  /// OpenSSL's object for it.
  func openSSL() throws(CryptoError) -> OpaquePointer {
    try OpenSSL.require(Self.fetched[self] ?? nil, "EVP_MD_fetch")
  }

  /// The digest of `message`.
  func hash(_ message: SecretBytes) throws(CryptoError) -> SecretBytes {
    let function = try openSSL()
    return try SecretBytes(count: byteCount) { (digest) throws(CryptoError) in
      let status = message.withUnsafeBytes { message in
        EVP_Digest(
          message.baseAddress, message.count, digest.baseAddress?.assumingMemoryBound(to: UInt8.self), nil, function,
          nil)
      }
      try OpenSSL.check(status, "EVP_Digest")
    }
  }

  // Fetched once, since fetching costs more than hashing a short message. Sound to share: an EVP_MD is immutable.
  private nonisolated(unsafe) static let fetched: [DigestAlgorithm: OpaquePointer?] = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0, EVP_MD_fetch(nil, $0.openSSLName, nil)) })

  /// `count` bytes of SHAKE128 (FIPS 202) over public bytes.
  static func shake128(_ message: [UInt8], count: Int) throws(CryptoError) -> [UInt8] {
    try extend(message, count: count, shake128)
  }

  /// `count` bytes of SHAKE256 (FIPS 202) over public bytes.
  static func shake256(_ message: [UInt8], count: Int) throws(CryptoError) -> [UInt8] {
    try extend(message, count: count, shake256)
  }

  private static func extend(
    _ message: [UInt8], count: Int, _ function: OpaquePointer?
  ) throws(CryptoError) -> [UInt8] {
    let function = try OpenSSL.require(function, "EVP_MD_fetch")
    let context = try OpenSSL.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
    defer { EVP_MD_CTX_free(context) }
    try OpenSSL.check(EVP_DigestInit_ex2(context, function, nil), "EVP_DigestInit_ex2")
    try OpenSSL.check(EVP_DigestUpdate(context, message, message.count), "EVP_DigestUpdate")
    var output = [UInt8](repeating: 0, count: count)
    try OpenSSL.check(EVP_DigestFinalXOF(context, &output, output.count), "EVP_DigestFinalXOF")
    return output
  }

  private nonisolated(unsafe) static let shake128: OpaquePointer? = EVP_MD_fetch(nil, "SHAKE128", nil)
  private nonisolated(unsafe) static let shake256: OpaquePointer? = EVP_MD_fetch(nil, "SHAKE256", nil)
}
