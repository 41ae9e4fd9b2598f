// The credentials that the surroundings of the process have, found as all AWS tools find them.

public import AWSJSON
public import AWSSigV4

/// The first of these places that has credentials:
///
/// 1. the environment: ``EnvironmentCredentialsProvider``
/// 2. a web identity: `AWS_WEB_IDENTITY_TOKEN_FILE`, `AWS_ROLE_ARN`, `AWS_ROLE_SESSION_NAME`
/// 3. the shared files: ``ProfileCredentialsProvider``
/// 4. a container: ``ContainerCredentialsProvider``
/// 5. an EC2 instance: ``InstanceMetadataCredentialsProvider``, unless `AWS_EC2_METADATA_DISABLED` is `true`
///
/// With a profile named in code the first two are left out: the program asked for something else than its surroundings
/// say. A place that is set up and fails is an error, and no later one is asked. When none is set up the error has a
/// line for each of them.
///
/// Nothing is read or asked before the first credentials are wanted. Temporary ones are kept, and renewed in time.
public struct DefaultCredentialsProvider: HoldingCredentialsProvider {
  private let chain: CachingCredentialsProvider

  /// The chain of this process's surroundings.
  ///
  /// - Parameter profile: the profile to take credentials from; nil for `AWS_PROFILE`, or else `default`, in its turn.
  public init(profile: String? = nil) {
    self.init(profile: profile, in: ProcessEnvironment(), files: FileSystem())
  }

  init(
    profile: String?, in environment: any EnvironmentVariables, files: any SharedFileReader,
    transport: (any Transport)? = nil
  ) {
    let surroundings: [any CredentialsSource] = [
      EnvironmentSource(environment: environment),
      WebIdentitySource(environment: environment, files: files, transport: transport),
    ]
    let rest: [any CredentialsSource] = [
      ProfileSource(profile: profile, environment: environment, files: files, transport: transport),
      ContainerSource(environment: environment, transport: transport),
      InstanceMetadataSource(profile: profile, environment: environment, files: files, transport: transport),
    ]
    chain = CachingCredentialsProvider(CredentialsChain(profile == nil ? surroundings + rest : rest))
  }

  /// The credentials of the first place that has some.
  ///
  /// - Throws: `CredentialsError` with what was tried and why it gave none, or how the place that is set up failed.
  public func credentials() async throws(CredentialsError) -> Credentials { try await chain.credentials() }

  func heldCredentials() -> Credentials? { chain.heldCredentials() }
}

extension CredentialsProvider where Self == DefaultCredentialsProvider {
  /// The credentials of the process's surroundings: see ``DefaultCredentialsProvider``.
  public static func defaultChain(profile: String? = nil) -> DefaultCredentialsProvider {
    DefaultCredentialsProvider(profile: profile)
  }
}

private struct EnvironmentSource: CredentialsSource {
  let environment: any EnvironmentVariables
  let name = "environment"

  func select() async throws(CredentialsError) -> CredentialsSelection {
    // Half an access key is a mistake, not an absence.
    guard environment.string("AWS_ACCESS_KEY_ID") != nil || environment.secret("AWS_SECRET_ACCESS_KEY") != nil else {
      return .notConfigured(reason: "AWS_ACCESS_KEY_ID is not set")
    }
    return .provider(try EnvironmentCredentialsProvider(environment: environment))
  }
}

private struct WebIdentitySource: CredentialsSource {
  let environment: any EnvironmentVariables
  let files: any SharedFileReader
  let transport: (any Transport)?
  let name = "web identity"

  func select() async throws(CredentialsError) -> CredentialsSelection {
    guard let tokenFile = environment.string("AWS_WEB_IDENTITY_TOKEN_FILE") else {
      return .notConfigured(reason: "AWS_WEB_IDENTITY_TOKEN_FILE is not set")
    }
    guard let role = environment.string("AWS_ROLE_ARN") else { throw CredentialsError("AWS_ROLE_ARN is not set") }
    let client = try STSClient(try await settings(), transport: transport)
    return .provider(
      WebIdentityCredentialsProvider(
        roleARN: role, sessionName: environment.string("AWS_ROLE_SESSION_NAME") ?? ProfileRole.defaultSessionName(),
        tokenFile: tokenFile, client: client))
  }

  private func settings() async throws(CredentialsError) -> Settings {
    do {
      return try await Settings(profile: nil, in: environment, files: files)
    } catch {
      throw CredentialsError(error.description)
    }
  }
}

private struct ContainerSource: CredentialsSource {
  let environment: any EnvironmentVariables
  let transport: (any Transport)?
  let name = "container"

  func select() async throws(CredentialsError) -> CredentialsSelection {
    guard let provider = ContainerCredentialsProvider(environment: environment, transport: transport) else {
      return .notConfigured(
        reason: "neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set")
    }
    return .provider(provider)
  }
}

private struct InstanceMetadataSource: CredentialsSource {
  let profile: String?
  let environment: any EnvironmentVariables
  let files: any SharedFileReader
  let transport: (any Transport)?
  let name = "instance metadata"

  func select() async throws(CredentialsError) -> CredentialsSelection {
    if environment.string("AWS_EC2_METADATA_DISABLED")?.lowercased() == "true" {
      return .notConfigured(reason: "AWS_EC2_METADATA_DISABLED is true")
    }
    let settings: Settings
    do {
      settings = try await Settings(profile: profile, in: environment, files: files)
    } catch {
      throw CredentialsError(error.description)
    }
    return .perhaps(
      InstanceMetadataCredentialsProvider(environment: environment, profile: settings.profile, transport: transport))
  }
}
