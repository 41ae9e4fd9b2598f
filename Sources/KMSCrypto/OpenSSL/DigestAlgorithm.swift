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
}
