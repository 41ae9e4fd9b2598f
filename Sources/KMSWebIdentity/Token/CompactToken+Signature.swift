// The signature of a token, checked by JWTKit.

import JWTKit

extension CompactToken {
  /// Whether the token was signed with `key`. The algorithm is the key's and the header's, never the header's alone.
  func isSigned(with key: ProviderKey) async -> Bool {
    guard algorithm.accepts(key) else { return false }
    let keys = JWTKeyCollection()
    do {
      try await keys.add(jwk: key.jwk(for: algorithm))
      _ = try await keys.verify(text, as: SignedPayload.self)
      return true
    } catch {
      return false
    }
  }
}

/// A payload of which JWTKit needs to know nothing: claims are read and checked by ``TokenClaims``.
private struct SignedPayload: JWTPayload {
  init(from decoder: any Decoder) throws {}

  func encode(to encoder: any Encoder) throws {}

  func verify(using algorithm: some JWTAlgorithm) async throws {}
}
