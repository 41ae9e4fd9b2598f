// Where the shared files are.

/// The paths of the two files that AWS tools share.
struct SharedFileLocations: Sendable, Equatable {
  /// `AWS_CONFIG_FILE`, or `~/.aws/config`; nil without a home directory.
  let configuration: String?
  /// `AWS_SHARED_CREDENTIALS_FILE`, or `~/.aws/credentials`; nil without a home directory.
  let credentials: String?

  /// The paths that are not nil.
  var all: [String] { [configuration, credentials].compactMap(\.self) }

  /// The home directory is what `HOME` says: asking the system's user data base instead could wait for a network.
  init(_ environment: any EnvironmentVariables) {
    let home = environment.string("HOME")
    func path(_ variable: String, _ standard: String) -> String? {
      Self.expand(environment.string(variable) ?? standard, home: home)
    }
    configuration = path("AWS_CONFIG_FILE", "~/.aws/config")
    credentials = path("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials")
  }

  /// Replaces a `~` that is the path's first segment.
  private static func expand(_ path: String, home: String?) -> String? {
    guard path == "~" || path.hasPrefix("~/") else { return path }
    guard let home else { return nil }
    let rest = path.dropFirst()
    return home.hasSuffix("/") ? home + rest.dropFirst() : home + rest
  }
}
