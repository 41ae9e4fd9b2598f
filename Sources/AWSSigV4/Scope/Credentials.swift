// What a client signs with.

public import SecureMemory

/// An access key, with a session token and an end when it is temporary.
public struct Credentials: Sendable, Equatable {
  /// The public name of the access key.
  public let accessKeyID: String
  /// The secret that signatures are derived from.
  public let secretAccessKey: SecretBytes
  /// The token that goes with a temporary access key.
  public let sessionToken: String?
  /// From when on the service takes the access key no more; nil when nobody has said so. Signing does not look at it.
  public let expiration: SigningTime?

  /// Makes credentials.
  public init(
    accessKeyID: String, secretAccessKey: SecretBytes, sessionToken: String? = nil, expiration: SigningTime? = nil
  ) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
    self.expiration = expiration
  }
}

extension Credentials: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Names the access key and nothing else.
  public var description: String { "Credentials(\(accessKeyID), <redacted>)" }
  /// Names the access key and nothing else.
  public var debugDescription: String { description }
  /// Shows the access key's name only, so that `dump` prints no secret.
  public var customMirror: Mirror { Mirror(self, children: ["accessKeyID": accessKeyID]) }
}
