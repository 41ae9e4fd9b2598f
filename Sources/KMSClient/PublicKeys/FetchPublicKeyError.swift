// Why there is no public key to work with.

public import KMSModel

/// Everything that fetching a public key can fail with.
public enum FetchPublicKeyError: Error, Sendable, CustomStringConvertible {
  /// The call of `GetPublicKey` failed.
  case getPublicKey(GetPublicKeyError)
  /// The reply's bytes are not a public key of the reply's key spec.
  case key(DataKeyError)

  /// One line about the failure.
  public var description: String {
    switch self {
    case .getPublicKey(let error): error.description
    case .key(let error): error.description
    }
  }
}
