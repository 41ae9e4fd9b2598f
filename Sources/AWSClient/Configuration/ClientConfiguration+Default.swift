// The configuration that the surroundings of the process describe.

extension ClientConfiguration {
  /// The settings that the environment and the shared configuration files have, under the names of all AWS tools.
  ///
  /// | Setting | Where it stands, the first that is not empty |
  /// | --- | --- |
  /// | profile | `profile`, `AWS_PROFILE`, `default` |
  /// | Region | `region`, `AWS_REGION`, `AWS_DEFAULT_REGION`, the profile's `region` |
  /// | endpoint | `AWS_ENDPOINT_URL_<ID>`, `AWS_ENDPOINT_URL`, `endpoint_url` of the service in the profile's `services` section, the profile's `endpoint_url`; AWS's own, too, with `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` or `ignore_configured_endpoint_urls` |
  /// | FIPS endpoint | `AWS_USE_FIPS_ENDPOINT`, `use_fips_endpoint` |
  /// | dual-stack endpoint | `AWS_USE_DUALSTACK_ENDPOINT`, `use_dualstack_endpoint` |
  /// | attempts | `AWS_MAX_ATTEMPTS`, `max_attempts` |
  /// | retry mode | `AWS_RETRY_MODE`, `retry_mode`: `standard`; `legacy` means the same |
  /// | certificate authorities | `AWS_CA_BUNDLE`, `ca_bundle` |
  /// | credentials | ``DefaultCredentialsProvider`` |
  ///
  /// `<ID>` is the service's id in capitals: `AWS_ENDPOINT_URL_KMS`, `AWS_ENDPOINT_URL_SECRETS_MANAGER`. The files are
  /// `~/.aws/config` and `~/.aws/credentials`, or what `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` say. The retry
  /// mode `adaptive` is refused rather than taken for another: it asks for a limit on the rate of requests that this
  /// client does not keep, and `AWS_RETRY_MODE=standard` overrules a profile that has it.
  ///
  /// Nothing is sent: credentials are looked for at the first call.
  /// - Parameters:
  ///   - profile: the profile whose settings, and before all others whose credentials, are to be used.
  ///   - region: the Region, when the program knows it.
  /// - Throws: ``ConfigurationError`` when something is missing or not valid.
  public static func `default`(
    profile: String? = nil, region: String? = nil
  ) async throws(ConfigurationError) -> Self {
    try await resolve(profile: profile, region: region, in: ProcessEnvironment(), files: FileSystem())
  }

  /// As ``default(profile:region:)``, with other surroundings than the process's own.
  static func resolve(
    profile: String? = nil, region: String? = nil, in environment: any EnvironmentVariables,
    files: any SharedFileReader
  ) async throws(ConfigurationError) -> Self {
    let settings = try await Settings(profile: profile, in: environment, files: files)
    let regionInUse = if let region { region } else { try settings.region() }
    var configuration = Self(
      region: regionInUse, endpointURL: try settings.endpointURL(ofService: Client.service.id),
      credentials: DefaultCredentialsProvider(profile: profile, in: environment, files: files))
    configuration.usesFIPS = try settings.usesFIPS
    configuration.usesDualStack = try settings.usesDualStack
    configuration.certificateAuthoritiesFile = settings.certificateAuthoritiesFile
    try settings.checkRetryMode()
    if let attempts = try settings.number("AWS_MAX_ATTEMPTS", profile: "max_attempts", in: 1...1_000) {
      configuration.retry.maximumAttempts = attempts
    }
    try configuration.validate()
    return configuration
  }
}

extension Settings {
  fileprivate func checkRetryMode() throws(ConfigurationError) {
    guard let mode = value("AWS_RETRY_MODE", profile: "retry_mode") else { return }
    switch mode.text.lowercased() {
    case "standard", "legacy": return
    case "adaptive":
      throw .invalidSetting(
        name: mode.place, reason: "this client does not limit its rate as adaptive asks; say standard")
    default: throw .invalidSetting(name: mode.place, reason: "it is neither standard nor legacy")
    }
  }
}
