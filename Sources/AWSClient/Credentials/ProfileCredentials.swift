// Follows a profile's settings to where its credentials come from.

internal import AWSJSON
internal import AWSSigV4

/// Makes a provider of what a profile's settings say.
///
/// Profiles that assume roles with one another's credentials are followed to the first that has some of its own.
struct ProfileCredentials {
  /// The most roles that are assumed one with the credentials of another.
  private static let maximumRoles = 10

  private let settings: Settings
  private let transport: (any Transport)?

  init(_ settings: Settings, transport: (any Transport)?) {
    self.settings = settings
    self.transport = transport
  }

  /// What the profile that counts says.
  ///
  /// - Throws: `CredentialsError` naming the profile and the setting that is wrong.
  func select() throws(CredentialsError) -> CredentialsSelection {
    var roles: [ProfileRole] = []
    var visited: Set<String> = []
    var name = settings.profileName
    while true {
      guard let section = settings.shared.profile(name) else {
        guard roles.isEmpty else {
          throw CredentialsError(profile: name, "source_profile names it, and no shared file has it")
        }
        return .notConfigured(reason: absence(of: name))
      }
      // A profile that is its own source means its keys, as the AWS CLI has it; so does any source that has some.
      if !roles.isEmpty, let keys = try accessKey(of: section, name) { return .provider(try assume(roles, with: keys)) }
      guard visited.insert(name).inserted else {
        throw CredentialsError(profile: name, "its source_profile leads back to it")
      }
      guard let role = try ProfileRole(section, ofProfile: name) else {
        guard let base = try base(of: section, name) else {
          guard roles.isEmpty else {
            throw CredentialsError(profile: name, "source_profile names it, and it has no credentials")
          }
          return .notConfigured(reason: "profile \(name) has no credentials")
        }
        return .provider(try assume(roles, with: base))
      }
      roles.append(role)
      guard roles.count <= Self.maximumRoles else {
        throw CredentialsError(
          profile: settings.profileName, "more than \(Self.maximumRoles) roles lie between it and its credentials")
      }
      switch role.source {
      case .profile(let next): name = next
      case .named(let source):
        return .provider(try assume(roles, with: source.provider(settings, transport)))
      }
    }
  }

  private func absence(of name: String) -> String {
    let files = settings.shared.locations.all
    return files.isEmpty ? "HOME is not set" : "no profile \(name) in \(files.joined(separator: " or "))"
  }

  /// The provider of the first of `roles`; each of them is assumed with the credentials of the next.
  private func assume(
    _ roles: [ProfileRole], with base: any CredentialsProvider
  ) throws(CredentialsError) -> any CredentialsProvider {
    guard !roles.isEmpty else { return base }
    let client = try STSClient(settings, transport: transport)
    return roles.reversed().reduce(base) { source, role in
      AssumeRoleCredentialsProvider(
        roleARN: role.arn, sessionName: role.sessionName, source: CachingCredentialsProvider(source), client: client,
        externalID: role.externalID, duration: role.duration)
    }
  }

  /// The credentials that a profile without a role to assume has of its own; nil when it has none.
  private func base(
    of section: SharedFileSection, _ name: String
  ) throws(CredentialsError) -> (any CredentialsProvider)? {
    if let tokenFile = section.string("web_identity_token_file") {
      guard let role = section.string("role_arn") else {
        throw CredentialsError(profile: name, "web_identity_token_file needs a role_arn")
      }
      return WebIdentityCredentialsProvider(
        roleARN: role, sessionName: ProfileRole.sessionName(section), tokenFile: tokenFile,
        client: try STSClient(settings, transport: transport))
    }
    if section.hasAny(of: "sso_account_id", "sso_role_name") {
      throw CredentialsError(
        profile: name,
        "single sign-on is not supported; name the command `aws configure export-credentials --profile \(name)` as the "
          + "credential_process of another profile")
    }
    if let keys = try accessKey(of: section, name) { return keys }
    return section.string("credential_process").map { ProcessCredentialsProvider(command: $0) }
  }

  private func accessKey(
    of section: SharedFileSection, _ name: String
  ) throws(CredentialsError) -> StaticCredentialsProvider? {
    switch (section.string("aws_access_key_id"), section.secretAccessKey) {
    case (nil, nil): return nil
    case (let id?, let secret?):
      return .static(
        accessKeyID: id, secretAccessKey: secret, sessionToken: section.string("aws_session_token"))
    case (nil, _): throw CredentialsError(profile: name, "it has an aws_secret_access_key and no aws_access_key_id")
    case (_, nil): throw CredentialsError(profile: name, "it has an aws_access_key_id and no aws_secret_access_key")
    }
  }
}
