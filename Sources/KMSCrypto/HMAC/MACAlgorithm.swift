// Every MAC algorithm of AWS KMS.

/// A message authentication code; its raw value is its name in the KMS API.
public enum MACAlgorithm: String, Sendable, CaseIterable {
  /// HMAC (RFC 2104) with SHA-224.
  case hmacSHA224 = "HMAC_SHA_224"
  /// HMAC (RFC 2104) with SHA-256.
  case hmacSHA256 = "HMAC_SHA_256"
  /// HMAC (RFC 2104) with SHA-384.
  case hmacSHA384 = "HMAC_SHA_384"
  /// HMAC (RFC 2104) with SHA-512.
  case hmacSHA512 = "HMAC_SHA_512"

  /// The size of a code.
  public var byteCount: Int { digest.byteCount }

  /// The hash function it is built on.
  var digest: DigestAlgorithm {
    switch self {
    case .hmacSHA224: .sha224
    case .hmacSHA256: .sha256
    case .hmacSHA384: .sha384
    case .hmacSHA512: .sha512
    }
  }
}
