// What the surroundings of a process make of a configuration.

import Testing

@testable import AWSClient

/// A service whose id has a space.
private final class SecretsClient: AWSServiceClient {
  static let service = ServiceDescription(
    id: "Secrets Manager", name: "Secrets Manager", signingName: "secretsmanager", endpointPrefix: "secretsmanager")
  let runtime: ClientRuntime

  init(runtime: ClientRuntime) { self.runtime = runtime }
}

@Suite("Default configuration")
struct DefaultConfigurationTests {
  private func resolve(
    _ environment: [String: String], config: String? = nil, profile: String? = nil
  ) async throws(ConfigurationError) -> SecretsClient.Configuration {
    let standard = ["HOME": "/home/app", "AWS_REGION": "eu-central-1"]
    return try await SecretsClient.Configuration.resolve(
      profile: profile, in: DictionaryEnvironment(standard.merging(environment) { $1 }),
      files: DictionaryFiles(config: config))
  }

  @Test("nothing but a Region")
  func least() async throws {
    let configuration = try await resolve([:])
    #expect(configuration.region == "eu-central-1")
    #expect(configuration.endpointURL == nil)
    #expect(!configuration.usesFIPS && !configuration.usesDualStack)
    #expect(configuration.retry == RetryConfiguration())
    #expect(configuration.certificateAuthoritiesFile == nil)
    #expect(configuration.credentials is DefaultCredentialsProvider)
  }

  private static let profiles = """
    [default]
    region = from-default
    [profile work]
    region = from-work
    [profile none]
    """

  @Test(
    "which Region wins",
    arguments: [
      ([:], nil, "eu-central-1"),
      (["AWS_REGION": "", "AWS_DEFAULT_REGION": "b"], nil, "b"),
      (["AWS_DEFAULT_REGION": "b"], "work", "eu-central-1"),
      (["AWS_REGION": ""], nil, "from-default"),
      (["AWS_REGION": "", "AWS_PROFILE": "work"], nil, "from-work"),
      (["AWS_REGION": "", "AWS_PROFILE": "none"], "work", "from-work"),
    ] as [([String: String], String?, String)])
  func region(environment: [String: String], profile: String?, expected: String) async throws {
    #expect(try await resolve(environment, config: Self.profiles, profile: profile).region == expected)
  }

  private static let endpoints = """
    [default]
    endpoint_url = http://profile
    [profile work]
    endpoint_url = http://work
    services = local
    [profile other]
    services = other
    endpoint_url = http://other
    [profile ignoring]
    endpoint_url = http://profile
    ignore_configured_endpoint_urls = true
    [services local]
    secrets_manager =
      endpoint_url = http://service
    [services other]
    kms =
      endpoint_url = http://kms
    """

  @Test(
    "which endpoint wins",
    arguments: [
      (["AWS_ENDPOINT_URL_SECRETS_MANAGER": "http://one", "AWS_ENDPOINT_URL": "http://all"], "http://one"),
      (["AWS_ENDPOINT_URL_SECRETS_MANAGER": "", "AWS_ENDPOINT_URL": "http://all"], "http://all"),
      (["AWS_ENDPOINT_URL_KMS": "http://kms"], "http://profile"),
      (["AWS_ENDPOINT_URL": "http://all", "AWS_PROFILE": "work"], "http://all"),
      (["AWS_PROFILE": "work"], "http://service"),
      (["AWS_PROFILE": "other"], "http://other"),
      (["AWS_PROFILE": "ignoring", "AWS_ENDPOINT_URL": "http://all"], nil),
      (["AWS_PROFILE": "ignoring", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "FALSE"], "http://profile"),
      (["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "True"], nil),
    ] as [([String: String], String?)])
  func endpoint(environment: [String: String], expected: String?) async throws {
    #expect(try await resolve(environment, config: Self.endpoints).endpointURL == expected)
  }

  @Test(
    "switches, attempts and authorities: the variable, else the profile",
    arguments: [
      (["AWS_USE_FIPS_ENDPOINT": "true"], "", true, false, 3, nil),
      ([:], "use_fips_endpoint = TRUE\nuse_dualstack_endpoint = false", true, false, 3, nil),
      (["AWS_USE_FIPS_ENDPOINT": "false"], "use_fips_endpoint = true", false, false, 3, nil),
      (["AWS_USE_DUALSTACK_ENDPOINT": "true"], "", false, true, 3, nil),
      ([:], "max_attempts = 7\nretry_mode = legacy\nca_bundle = /ca.pem", false, false, 7, "/ca.pem"),
      (
        ["AWS_MAX_ATTEMPTS": "1", "AWS_RETRY_MODE": "Standard", "AWS_CA_BUNDLE": "/other.pem"],
        "max_attempts = x\nretry_mode = adaptive\nca_bundle = /ca.pem", false, false, 1, "/other.pem"
      ),
    ] as [([String: String], String, Bool, Bool, Int, String?)])
  func switches(
    environment: [String: String], settings: String, fips: Bool, dualStack: Bool, attempts: Int, authorities: String?
  ) async throws {
    let configuration = try await resolve(environment, config: "[default]\n" + settings)
    #expect(configuration.usesFIPS == fips)
    #expect(configuration.usesDualStack == dualStack)
    #expect(configuration.retry.maximumAttempts == attempts)
    #expect(configuration.certificateAuthoritiesFile == authorities)
  }

  @Test(
    "what is missing or wrong",
    arguments: [
      (
        ["AWS_REGION": ""], "",
        .missingRegion(lookedAt: [
          "AWS_REGION", "AWS_DEFAULT_REGION",
          "region of profile default in /home/app/.aws/config and /home/app/.aws/credentials",
        ])
      ),
      (
        ["AWS_REGION": "", "HOME": ""], "",
        .missingRegion(lookedAt: ["AWS_REGION", "AWS_DEFAULT_REGION", "region of profile default"])
      ),
      (["AWS_REGION": "not a region"], "", .invalidRegion),
      (["AWS_ENDPOINT_URL": "localhost:8270"], "", .invalidEndpoint(reason: "it has no scheme")),
      (
        ["AWS_PROFILE": "gone"], "",
        .profileNotFound(name: "gone", lookedIn: ["/home/app/.aws/config", "/home/app/.aws/credentials"])
      ),
      (["AWS_PROFILE": "gone", "HOME": ""], "", .profileNotFound(name: "gone", lookedIn: [])),
      (
        [:], "x",
        .sharedFile(path: "/home/app/.aws/config", line: 2, reason: "a line that is no section header has no =")
      ),
      (
        ["AWS_USE_FIPS_ENDPOINT": "yes"], "",
        .invalidSetting(name: "AWS_USE_FIPS_ENDPOINT", reason: "it is neither true nor false")
      ),
      (
        [:], "use_dualstack_endpoint = 1",
        .invalidSetting(name: "use_dualstack_endpoint of profile default", reason: "it is neither true nor false")
      ),
      (
        ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "1"], "",
        .invalidSetting(name: "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", reason: "it is neither true nor false")
      ),
      (
        ["AWS_MAX_ATTEMPTS": "0"], "",
        .invalidSetting(name: "AWS_MAX_ATTEMPTS", reason: "it is not a whole number from 1 to 1000")
      ),
      (
        [:], "max_attempts = many",
        .invalidSetting(name: "max_attempts of profile default", reason: "it is not a whole number from 1 to 1000")
      ),
      (
        [:], "retry_mode = adaptive",
        .invalidSetting(
          name: "retry_mode of profile default",
          reason: "this client does not limit its rate as adaptive asks; say standard")
      ),
      (
        ["AWS_RETRY_MODE": "never"], "",
        .invalidSetting(name: "AWS_RETRY_MODE", reason: "it is neither standard nor legacy")
      ),
      (
        [:], "services = gone",
        .invalidSetting(name: "services of profile default", reason: "there is no section [services gone]")
      ),
    ] as [([String: String], String, ConfigurationError)])
  func faults(environment: [String: String], settings: String, expected: ConfigurationError) async {
    await #expect(throws: expected) { try await resolve(environment, config: "[default]\n" + settings) }
  }

  @Test(
    "errors as people read them",
    arguments: [
      (.missingRegion(lookedAt: ["A", "B"]), "no Region: set AWS_REGION; looked at A, B"),
      (.invalidSetting(name: "A", reason: "it is odd"), "A: it is odd"),
      (.sharedFile(path: "/f", line: nil, reason: "it is odd"), "/f: it is odd"),
      (.profileNotFound(name: "p", lookedIn: ["/a", "/b"]), "no profile p in /a or /b"),
      (.profileNotFound(name: "p", lookedIn: []), "no profile p: HOME is not set, so there are no shared files"),
    ] as [(ConfigurationError, String)])
  func descriptions(error: ConfigurationError, expected: String) {
    #expect(error.description == expected)
  }

  @Test("a profile named in code is the one that must be there")
  func namedProfile() async {
    await #expect(
      throws: ConfigurationError.profileNotFound(
        name: "gone", lookedIn: ["/home/app/.aws/config", "/home/app/.aws/credentials"])
    ) { try await resolve(["AWS_PROFILE": "work"], config: Self.profiles, profile: "gone") }
  }

  @Test("this process's environment is read, unset and empty alike")
  func processEnvironment() {
    let environment = ProcessEnvironment()
    #expect(environment.string("PATH")?.contains("/") == true)
    #expect(environment.string("KEYWRIGHT_SURELY_NOT_SET") == nil)
    #expect(environment.secret("KEYWRIGHT_SURELY_NOT_SET") == nil)
  }
}
