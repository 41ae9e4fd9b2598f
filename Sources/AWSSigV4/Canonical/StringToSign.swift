// The string to sign: algorithm, time, scope and the hash of the canonical request.

internal import Crypto

/// The bytes that the signing key authenticates (IAM User Guide, "Create a signed AWS API request", task 3).
struct StringToSign {
  private(set) var bytes: [UInt8] = []

  init(_ canonicalRequest: CanonicalRequest, at time: SigningTime, scope: CredentialScope) {
    bytes.reserveCapacity(192)
    bytes.append(contentsOf: AuthorizationHeader.algorithm.utf8)
    bytes.append(UInt8(ascii: "\n"))
    time.append(timestampTo: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    scope.append(to: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(hexadecimal: SHA256.digest(of: canonicalRequest.bytes))
  }
}

extension SHA256 {
  /// The hash of `bytes`, without the generic detour of `hash(data:)`.
  static func digest(of bytes: [UInt8]) -> SHA256.Digest {
    var hasher = SHA256()
    bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    return hasher.finalize()
  }
}
