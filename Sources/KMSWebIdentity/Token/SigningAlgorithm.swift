// The signature algorithms of tokens that are believed.

import JWTKit

/// An algorithm by its name in a token's header (RFC 7518, RFC 8037). `none` and everything with a shared secret are not
/// among them, so that no key can be used for what it is not made for.
enum SigningAlgorithm: String, CaseIterable, Sendable {
  case rs256 = "RS256"
  case rs384 = "RS384"
  case rs512 = "RS512"
  case ps256 = "PS256"
  case ps384 = "PS384"
  case ps512 = "PS512"
  case es256 = "ES256"
  case es384 = "ES384"
  case es512 = "ES512"
  case edDSA = "EdDSA"

  /// The algorithm as JWTKit calls it.
  var jwk: JWK.Algorithm {
    switch self {
    case .rs256: .rs256
    case .rs384: .rs384
    case .rs512: .rs512
    case .ps256: .ps256
    case .ps384: .ps384
    case .ps512: .ps512
    case .es256: .es256
    case .es384: .es384
    case .es512: .es512
    case .edDSA: .eddsa
    }
  }

  /// Whether `key` is of the kind that the algorithm works with.
  func accepts(_ key: ProviderKey) -> Bool {
    if let algorithm = key.algorithm, algorithm != rawValue { return false }
    return switch (self, key.parameters) {
    case (.rs256, .rsa), (.rs384, .rsa), (.rs512, .rsa), (.ps256, .rsa), (.ps384, .rsa), (.ps512, .rsa): true
    case (.es256, .ec(.p256, _, _)), (.es384, .ec(.p384, _, _)), (.es512, .ec(.p521, _, _)): true
    case (.edDSA, .ed25519): true
    default: false
    }
  }
}
