// Settings as AWS tools look them up: first a variable, then the profile.

/// The environment and one profile of the shared files.
struct Settings: Sendable {
  let environment: any EnvironmentVariables
  /// The shared files the profile is from.
  let shared: SharedConfiguration
  /// The name of the profile that counts.
  let profileName: String

  /// A setting's value, and where it stands in words that help to find it.
  struct Value: Sendable {
    let text: String
    let place: String
  }

  /// Reads the shared files.
  ///
  /// - Parameter profile: the profile that counts; nil for `AWS_PROFILE`, or else `default`.
  /// - Throws: ``ConfigurationError/profileNotFound(name:lookedIn:)`` when a profile that was named is not there, or
  ///   ``ConfigurationError/sharedFile(path:line:reason:)``.
  init(
    profile: String?, in environment: any EnvironmentVariables, files: any SharedFileReader
  ) async throws(ConfigurationError) {
    self.environment = environment
    shared = try await SharedConfiguration(environment, files: files)
    profileName = profile ?? environment.string("AWS_PROFILE") ?? "default"
    guard profileName == "default" || shared.profile(profileName) != nil else {
      throw .profileNotFound(name: profileName, lookedIn: shared.locations.all)
    }
  }

  /// The profile's own section; empty when the files have none.
  var profile: SharedFileSection { shared.profile(profileName) ?? SharedFileSection() }

  /// How errors call a setting of the profile.
  func place(of setting: String) -> String { "\(setting) of profile \(profileName)" }

  /// The first value among some variables and then the profile's setting.
  func value(_ variables: String..., profile setting: String) -> Value? {
    for name in variables {
      if let text = environment.string(name) { return Value(text: text, place: name) }
    }
    return profile.string(setting).map { Value(text: $0, place: place(of: setting)) }
  }

  /// `true` or `false`, in any case; nil when neither variable nor setting is there.
  func flag(_ variable: String, profile setting: String) throws(ConfigurationError) -> Bool? {
    guard let value = value(variable, profile: setting) else { return nil }
    switch value.text.lowercased() {
    case "true": return true
    case "false": return false
    default: throw .invalidSetting(name: value.place, reason: "it is neither true nor false")
    }
  }

  /// A decimal number from `range`; nil when neither variable nor setting is there.
  func number(
    _ variable: String, profile setting: String, in range: ClosedRange<Int>
  ) throws(ConfigurationError) -> Int? {
    guard let value = value(variable, profile: setting) else { return nil }
    guard let number = Int(value.text), range.contains(number) else {
      throw .invalidSetting(
        name: value.place, reason: "it is not a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}

extension Settings {
  /// The Region to use.
  ///
  /// - Throws: ``ConfigurationError/missingRegion(lookedAt:)``.
  func region() throws(ConfigurationError) -> String {
    if let value = value("AWS_REGION", "AWS_DEFAULT_REGION", profile: "region") { return value.text }
    let files = shared.locations.all.isEmpty ? "" : " in \(shared.locations.all.joined(separator: " and "))"
    throw .missingRegion(lookedAt: ["AWS_REGION", "AWS_DEFAULT_REGION", place(of: "region") + files])
  }

  /// Whether endpoints are to be ones with FIPS 140 validated cryptography.
  var usesFIPS: Bool {
    get throws(ConfigurationError) { try flag("AWS_USE_FIPS_ENDPOINT", profile: "use_fips_endpoint") ?? false }
  }

  /// Whether endpoints are to be ones that have IPv6 addresses too.
  var usesDualStack: Bool {
    get throws(ConfigurationError) {
      try flag("AWS_USE_DUALSTACK_ENDPOINT", profile: "use_dualstack_endpoint") ?? false
    }
  }

  /// The file with the certificates to trust; nil for the system's.
  var certificateAuthoritiesFile: String? { value("AWS_CA_BUNDLE", profile: "ca_bundle")?.text }

  /// The URL for the service called `id` in AWS tools; nil for AWS's own.
  ///
  /// Source: AWS SDKs and Tools Reference Guide, "Service-specific endpoints".
  func endpointURL(ofService id: String) throws(ConfigurationError) -> String? {
    let isIgnored = try flag("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", profile: "ignore_configured_endpoint_urls")
    if isIgnored == true { return nil }
    let name = String(id.map { $0 == " " || $0 == "-" ? "_" : $0 })
    if let url = environment.string("AWS_ENDPOINT_URL_\(name.uppercased())") ?? environment.string("AWS_ENDPOINT_URL") {
      return url
    }
    if let services = profile.string("services") {
      guard let section = shared.services(services) else {
        throw .invalidSetting(name: place(of: "services"), reason: "there is no section [services \(services)]")
      }
      let url = section.blocks[name.lowercased()]?["endpoint_url"] ?? ""
      if !url.isEmpty { return url }
    }
    return profile.string("endpoint_url")
  }
}
