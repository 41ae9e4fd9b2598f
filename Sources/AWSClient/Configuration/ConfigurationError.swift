// What can be wrong with a client's configuration.

/// Why a client cannot be set up as asked.
public enum ConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No Region was given. `lookedAt` names the places that could have said one.
  case missingRegion(lookedAt: [String])
  /// The Region is not a name like `eu-central-1`. It becomes part of a host name, so nothing else is let through.
  case invalidRegion
  /// The endpoint is not a URL that requests can be sent to.
  case invalidEndpoint(reason: String)
  /// A setting has a value that it cannot have. `name` is a variable, or a setting and the profile it stands in.
  case invalidSetting(name: String, reason: String)
  /// A shared file cannot be read; `line` counts from 1, and is nil when it is the file as a whole.
  case sharedFile(path: String, line: Int?, reason: String)
  /// A profile was asked for by name, and no shared file has it.
  case profileNotFound(name: String, lookedIn: [String])

  /// What is wrong. The endpoint is not repeated, since people put passwords into URLs, nor is anything else of a value
  /// or a file's content.
  public var description: String {
    switch self {
    case .missingRegion(let places): "no Region: set AWS_REGION; looked at \(places.joined(separator: ", "))"
    case .invalidRegion: "the Region is not a valid name: 1 to 63 of a-z, 0-9 and inner hyphens"
    case .invalidEndpoint(let reason): "the endpoint URL is not usable: \(reason)"
    case .invalidSetting(let name, let reason): "\(name): \(reason)"
    case .sharedFile(let path, let line?, let reason): "\(path):\(line): \(reason)"
    case .sharedFile(let path, nil, let reason): "\(path): \(reason)"
    case .profileNotFound(let name, let files):
      files.isEmpty
        ? "no profile \(name): HOME is not set, so there are no shared files"
        : "no profile \(name) in \(files.joined(separator: " or "))"
    }
  }
}
