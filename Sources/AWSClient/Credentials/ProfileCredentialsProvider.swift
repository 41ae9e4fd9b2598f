// Credentials as a profile of the shared files describes them.

public import AWSJSON
public import AWSSigV4

/// The credentials of one profile in `~/.aws/config` and `~/.aws/credentials`.
///
/// | What the profile has | Where its credentials come from |
/// | --- | --- |
/// | `role_arn` and `source_profile` | `AssumeRole` with another profile's credentials, which may be a role's again |
/// | `role_arn` and `credential_source` | `AssumeRole` with those of `Environment`, `Ec2InstanceMetadata` or `EcsContainer` |
/// | `role_arn` and `web_identity_token_file` | `AssumeRoleWithWebIdentity` |
/// | `aws_access_key_id`, `aws_secret_access_key`, `aws_session_token` | the profile itself |
/// | `credential_process` | ``ProcessCredentialsProvider`` |
///
/// With a role go `role_session_name`, `external_id` and `duration_seconds`. What needs a person (`mfa_serial`, single
/// sign-on) is refused with an error. Requests for roles go to the Region and the STS endpoint that
/// ``ClientConfiguration/default(profile:region:)`` would choose.
///
/// The files are read at the first use and then no more; temporary credentials are renewed.
public struct ProfileCredentialsProvider: HoldingCredentialsProvider {
  private let source: CachingCredentialsProvider

  /// Reads no file yet.
  ///
  /// - Parameter profile: the profile's name; nil for `AWS_PROFILE`, or else `default`.
  public init(profile: String? = nil) {
    self.init(profile: profile, in: ProcessEnvironment(), files: FileSystem())
  }

  init(
    profile: String?, in environment: any EnvironmentVariables, files: any SharedFileReader,
    transport: (any Transport)? = nil
  ) {
    let sources = [ProfileSource(profile: profile, environment: environment, files: files, transport: transport)]
    source = CachingCredentialsProvider(CredentialsChain(sources))
  }

  /// The profile's credentials.
  ///
  /// - Throws: `CredentialsError` saying which profile or setting is missing or wrong, or why a source failed.
  public func credentials() async throws(CredentialsError) -> Credentials { try await source.credentials() }

  func heldCredentials() -> Credentials? { source.heldCredentials() }
}

/// A profile as one link of a chain.
struct ProfileSource: CredentialsSource {
  let profile: String?
  let environment: any EnvironmentVariables
  let files: any SharedFileReader
  let transport: (any Transport)?

  let name = "shared files"

  func select() async throws(CredentialsError) -> CredentialsSelection {
    do {
      let settings = try await Settings(profile: profile, in: environment, files: files)
      return try ProfileCredentials(settings, transport: transport).select()
    } catch {
      throw CredentialsError(String(describing: error))
    }
  }
}
