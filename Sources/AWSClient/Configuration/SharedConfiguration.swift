// Both shared files together.

/// The profiles of the shared files, and their `services` sections.
struct SharedConfiguration: Sendable {
  /// Where the files were looked for.
  let locations: SharedFileLocations
  private let profiles: [String: SharedFileSection]
  private let services: [String: SharedFileSection]

  /// Reads the files. One that is not there is an empty one.
  ///
  /// Where both have a setting of a profile the credentials file's holds.
  /// - Throws: ``ConfigurationError/sharedFile(path:line:reason:)``.
  init(_ environment: any EnvironmentVariables, files: any SharedFileReader) async throws(ConfigurationError) {
    locations = SharedFileLocations(environment)
    let configuration = try await Self.read(locations.configuration, .configuration, files)
    let credentials = try await Self.read(locations.credentials, .credentials, files)
    services = configuration.services
    profiles = configuration.profiles.merging(credentials.profiles) { section, other in
      var section = section
      section.merge(other)
      return section
    }
  }

  /// The profile called `name`; nil when neither file has it.
  func profile(_ name: String) -> SharedFileSection? { profiles[name] }

  /// The section `[services name]`; nil when there is none.
  func services(_ name: String) -> SharedFileSection? { services[name] }

  private static func read(
    _ path: String?, _ kind: SharedFileParser.Kind, _ files: any SharedFileReader
  ) async throws(ConfigurationError) -> SharedFileParser.Content {
    guard let path, let bytes = try await files.content(of: path) else { return SharedFileParser.Content() }
    return try SharedFileParser.parse(bytes, kind: kind, path: path)
  }
}
