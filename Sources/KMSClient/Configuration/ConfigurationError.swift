// What can be wrong with a client's configuration.

public import AWSJSON

/// Why a client cannot be set up as asked.
public enum ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No Region was given, and neither `AWS_REGION` nor `AWS_DEFAULT_REGION` is set.
  case missingRegion
  /// The Region is not a name like `eu-central-1`. It becomes part of a host name, so nothing else is let through.
  case invalidRegion
  /// The endpoint is not a URL that requests can be sent to.
  case invalidEndpoint(reason: String)
  /// There are no credentials to be found.
  case credentials(CredentialsError)

  /// What is wrong. The endpoint is not repeated: people put passwords into URLs.
  public var description: String {
    switch self {
    case .missingRegion: "no Region: set AWS_REGION"
    case .invalidRegion: "the Region is not a valid name: 1 to 63 of a-z, 0-9 and inner hyphens"
    case .invalidEndpoint(let reason): "the endpoint URL is not usable: \(reason)"
    case .credentials(let error): error.description
    }
  }
}
