// Where a profile's settings lead.

import AWSJSON
import AWSSigV4
import FoundationEssentials
import SecureMemory
import Testing

@testable import AWSClient

@Suite("Profile credentials")
struct ProfileCredentialsProviderTests {
  private let service = TokenServiceTransport()

  private func provider(
    _ config: String, profile: String? = nil, environment: [String: String] = [:]
  ) -> ProfileCredentialsProvider {
    let standard = ["HOME": "/home/app", "AWS_REGION": "eu-central-1"]
    return ProfileCredentialsProvider(
      profile: profile, in: DictionaryEnvironment(standard.merging(environment) { $1 }),
      files: DictionaryFiles(config: config), transport: service)
  }

  private static let base = """
    [profile base]
    aws_access_key_id = BASE
    aws_secret_access_key = base

    """

  @Test("keys in the profile")
  func keys() async throws {
    let config = """
      [default]
      aws_access_key_id = AKID
      aws_secret_access_key = s3cr3t
      aws_session_token = t0k3n
      credential_process = false
      """
    #expect(
      try await provider(config).credentials()
        == Credentials(accessKeyID: "AKID", secretAccessKey: SecretBytes("s3cr3t".utf8), sessionToken: "t0k3n"))
    let other = Self.base + config
    #expect(try await provider(other, environment: ["AWS_PROFILE": "base"]).credentials().accessKeyID == "BASE")
    let named = provider(other, profile: "base", environment: ["AWS_PROFILE": "default"])
    #expect(try await named.credentials().accessKeyID == "BASE")
    #expect(service.asked.isEmpty)
  }

  @Test("what was found is at hand from then on")
  func held() async throws {
    let profile = provider(Self.base, profile: "base")
    #expect(profile.heldCredentials() == nil)
    let credentials = try await profile.credentials()
    #expect(profile.heldCredentials() == credentials)
  }

  @Test("a command")
  func process() async throws {
    let config = """
      [default]
      credential_process = printf '{"Version":1,"AccessKeyId":"CMD","SecretAccessKey":"s"}'
      """
    #expect(try await provider(config).credentials().accessKeyID == "CMD")
  }

  @Test("a chain of roles, each assumed with the credentials of the next, and kept")
  func roles() async throws {
    let config =
      Self.base + """
        [default]
        role_arn = arn:aws:iam::1:role/outer
        source_profile = middle
        role_session_name = app
        external_id = x1
        duration_seconds = 900
        [profile middle]
        role_arn = arn:aws:iam::1:role/inner
        source_profile = base
        role_session_name = app2
        """
    let provider = provider(config, environment: ["AWS_ENDPOINT_URL_STS": "http://sts"])
    #expect(try await provider.credentials().accessKeyID == "outer")
    #expect(try await provider.credentials().accessKeyID == "outer")
    #expect(
      service.asked == [
        .init(
          url: "http://sts/", signer: "BASE",
          form: ["RoleArn": "arn:aws:iam::1:role/inner", "RoleSessionName": "app2", "DurationSeconds": "3600"]),
        .init(
          url: "http://sts/", signer: "inner",
          form: [
            "RoleArn": "arn:aws:iam::1:role/outer", "RoleSessionName": "app", "DurationSeconds": "900",
            "ExternalId": "x1",
          ]),
      ])
  }

  @Test(
    "a source that has keys means them, itself included",
    arguments: [
      "[default]\nsource_profile = default", "[profile x]\nsource_profile = default\n[default]\nsource_profile = x",
    ])
  func keysFirst(settings: String) async throws {
    let config = """
      \(settings)
      role_arn = arn:aws:iam::1:role/app
      [profile x]
      role_arn = arn:aws:iam::1:role/never
      aws_access_key_id = KEY
      aws_secret_access_key = s
      [default]
      aws_access_key_id = KEY
      aws_secret_access_key = s
      """
    #expect(try await provider(config).credentials().accessKeyID == "app")
    #expect(service.asked.map(\.signer) == ["KEY"])
  }

  @Test("the environment as a role's source, and a session name that is made up")
  func environmentSource() async throws {
    let config = "[default]\nrole_arn = arn:aws:iam::1:role/app\ncredential_source = Environment"
    let keys = ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "s"]
    #expect(try await provider(config, environment: keys).credentials().accessKeyID == "app")
    #expect(service.asked.map(\.signer) == ["ENV"])
    #expect(service.asked.first?.url == "https://sts.eu-central-1.amazonaws.com/")
    #expect(service.asked.first?.form["RoleSessionName"]?.hasPrefix("keywright-") == true)
  }

  @Test(
    "roles are asked of the kind of endpoint that the settings want: FIPS, dual stack",
    arguments: [
      ("eu-central-1", "", ["AWS_USE_FIPS_ENDPOINT": "true"], "https://sts-fips.eu-central-1.amazonaws.com/"),
      ("eu-central-1", "use_dualstack_endpoint = true", [:], "https://sts.eu-central-1.api.aws/"),
      (
        "us-east-1", "use_fips_endpoint = true", ["AWS_USE_DUALSTACK_ENDPOINT": "true"],
        "https://sts-fips.us-east-1.api.aws/"
      ),
      ("us-gov-west-1", "use_fips_endpoint = true", [:], "https://sts.us-gov-west-1.amazonaws.com/"),
    ] as [(String, String, [String: String], String)])
  func endpoints(region: String, setting: String, environment: [String: String], url: String) async throws {
    let config =
      Self.base + "[default]\nrole_arn = arn:aws:iam::1:role/app\nsource_profile = base\n\(setting)\n"
    let provider = provider(config, environment: environment.merging(["AWS_REGION": region]) { $1 })
    #expect(try await provider.credentials().accessKeyID == "app")
    #expect(service.asked.map(\.url) == [url])
  }

  @Test("FIPS and an STS of one's own are refused together, before anything is sent")
  func fipsAtOwnEndpoint() async {
    let config = Self.base + "[default]\nrole_arn = arn:aws:iam::1:role/app\nsource_profile = base\n"
    let provider = provider(
      config, environment: ["AWS_USE_FIPS_ENDPOINT": "true", "AWS_ENDPOINT_URL_STS": "http://sts"])
    await #expect(throws: CredentialsError.self) { try await provider.credentials() }
    #expect(service.asked.isEmpty)
  }

  @Test("a web identity")
  func webIdentity() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "keywright-\(UUID().uuidString)").path
    #expect(FileManager.default.createFile(atPath: file, contents: Data("jwt".utf8)))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let config = """
      [default]
      role_arn = arn:aws:iam::1:role/app
      role_session_name = pod
      web_identity_token_file = \(file)
      """
    #expect(try await provider(config).credentials().accessKeyID == "app")
    #expect(service.asked.first?.signer == nil)
    #expect(
      service.asked.first?.form
        == ["RoleArn": "arn:aws:iam::1:role/app", "RoleSessionName": "pod", "WebIdentityToken": "jwt"])
  }

  @Test(
    "settings that cannot be followed",
    arguments: [
      ("aws_access_key_id = A", "profile default: it has an aws_access_key_id and no aws_secret_access_key"),
      ("aws_secret_access_key = hunter2", "profile default: it has an aws_secret_access_key and no aws_access_key_id"),
      (
        "role_arn = r",
        "profile default: role_arn needs one of source_profile, credential_source and web_identity_token_file"
      ),
      (
        "role_arn = r\nsource_profile = base\ncredential_source = Environment",
        "profile default: it has more than one of source_profile, credential_source and web_identity_token_file"
      ),
      (
        "role_arn = r\ncredential_source = environment",
        "profile default: credential_source is none of Environment, Ec2InstanceMetadata, EcsContainer"
      ),
      ("role_arn = r\ncredential_source = Environment", "AWS_ACCESS_KEY_ID is not set"),
      (
        "role_arn = r\ncredential_source = EcsContainer",
        "credential_source is EcsContainer, and no variable says where that is"
      ),
      ("role_arn = r\nsource_profile = gone", "profile gone: source_profile names it, and no shared file has it"),
      ("role_arn = r\nsource_profile = empty", "profile empty: source_profile names it, and it has no credentials"),
      ("role_arn = r\nsource_profile = default", "profile default: its source_profile leads back to it"),
      ("role_arn = r\nsource_profile = loop", "profile default: its source_profile leads back to it"),
      (
        "role_arn = r\nsource_profile = base\nduration_seconds = 60",
        "profile default: duration_seconds is not a whole number from 900 to 43200"
      ),
      (
        "role_arn = r\nsource_profile = base\nmfa_serial = m",
        """
        profile default: mfa_serial needs a person to type a code, which is not supported; name the command \
        `aws configure export-credentials --profile default` as the credential_process of another profile
        """
      ),
      (
        "sso_account_id = 1\naws_access_key_id = A\naws_secret_access_key = hunter2",
        """
        profile default: single sign-on is not supported; name the command \
        `aws configure export-credentials --profile default` as the credential_process of another profile
        """
      ),
      ("web_identity_token_file = f", "profile default: web_identity_token_file needs a role_arn"),
      (
        "credential_process = exit 2",
        "credential_process: the command failed with exit status 2; run it by hand to see why"
      ),
      ("hunter2", "/home/app/.aws/config:10: a line that is no section header has no ="),
    ])
  func faults(settings: String, reason: String) async {
    let config =
      Self.base + """
        [profile empty]
        [profile loop]
        role_arn = r
        source_profile = default

        [default]
        \(settings)
        """
    let expected = reason.hasPrefix("credential_process") ? reason : "shared files: \(reason)"
    await #expect(throws: CredentialsError(expected)) { try await provider(config).credentials() }
    #expect(service.asked.isEmpty)
  }

  @Test("chains have an end")
  func tooLong() async {
    let config = (0..<12).map { "[profile p\($0)]\nrole_arn = r\nsource_profile = p\($0 + 1)\n" }.joined()
    await #expect(
      throws: CredentialsError("shared files: profile p0: more than 10 roles lie between it and its credentials")
    ) { try await provider(config, profile: "p0").credentials() }
  }

  @Test("a role needs a Region")
  func noRegion() async {
    let config = Self.base + "[default]\nrole_arn = r\nsource_profile = base"
    await #expect(
      throws: CredentialsError(
        """
        shared files: a role cannot be asked for: no Region: set AWS_REGION; looked at AWS_REGION, \
        AWS_DEFAULT_REGION, region of profile default in /home/app/.aws/config and /home/app/.aws/credentials
        """)
    ) { try await provider(config, environment: ["AWS_REGION": ""]).credentials() }
  }

  @Test(
    "no profile, or one without credentials",
    arguments: [
      (nil, "", "- shared files: no profile default in /home/app/.aws/config or /home/app/.aws/credentials"),
      (nil, "[default]\nregion = r", "- shared files: profile default has no credentials"),
    ] as [(String?, String, String)])
  func absent(profile: String?, config: String, line: String) async {
    await #expect(throws: CredentialsError("no credentials found\n" + line)) {
      try await provider(config, profile: profile).credentials()
    }
  }
}
