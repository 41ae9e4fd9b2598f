// A role that a profile wants assumed, and whose credentials are to assume it.

internal import AWSJSON

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A role that a profile wants assumed.
struct ProfileRole {
  /// Whose credentials assume it.
  enum Source {
    case profile(String)
    case named(NamedSource)
  }

  let arn: String
  let sessionName: String
  let source: Source
  let externalID: String?
  let duration: Duration

  /// Nil when the profile has no role, or one for a web identity.
  init?(_ section: SharedFileSection, ofProfile name: String) throws(CredentialsError) {
    guard let arn = section.string("role_arn") else { return nil }
    let named = section.string("credential_source")
    switch (section.string("source_profile"), named, section.string("web_identity_token_file")) {
    case (nil, nil, _?): return nil
    case (let profile?, nil, nil): source = .profile(profile)
    case (nil, let text?, nil):
      guard let named = NamedSource(rawValue: text) else {
        throw CredentialsError(
          profile: name, "credential_source is none of Environment, Ec2InstanceMetadata, EcsContainer")
      }
      source = .named(named)
    case (nil, nil, nil):
      throw CredentialsError(
        profile: name, "role_arn needs one of source_profile, credential_source and web_identity_token_file")
    default:
      throw CredentialsError(
        profile: name, "it has more than one of source_profile, credential_source and web_identity_token_file")
    }
    guard section.string("mfa_serial") == nil else {
      throw CredentialsError(
        profile: name,
        "mfa_serial needs a person to type a code, which is not supported; name the command "
          + "`aws configure export-credentials --profile \(name)` as the credential_process of another profile")
    }
    self.arn = arn
    sessionName = Self.sessionName(section)
    externalID = section.string("external_id")
    duration = try Self.duration(section, name)
  }

  /// `role_session_name`, or one that is made up.
  static func sessionName(_ section: SharedFileSection) -> String {
    section.string("role_session_name") ?? defaultSessionName()
  }

  /// The name of a session that nobody named: audit trails show it, and the time keeps sessions apart.
  static func defaultSessionName() -> String { "keywright-\(Int(Date().timeIntervalSince1970))" }

  private static func duration(_ section: SharedFileSection, _ name: String) throws(CredentialsError) -> Duration {
    guard let text = section.string("duration_seconds") else { return .seconds(3600) }
    guard let seconds = Int(text), (900...43_200).contains(seconds) else {
      throw CredentialsError(profile: name, "duration_seconds is not a whole number from 900 to 43200")
    }
    return .seconds(seconds)
  }
}

/// The values of `credential_source`.
enum NamedSource: String {
  case environment = "Environment"
  case instanceMetadata = "Ec2InstanceMetadata"
  case container = "EcsContainer"

  /// The source that it names.
  func provider(
    _ settings: Settings, _ transport: (any Transport)?
  ) throws(CredentialsError) -> any CredentialsProvider {
    let environment = settings.environment
    switch self {
    case .environment: return try EnvironmentCredentialsProvider(environment: environment)
    case .instanceMetadata:
      return InstanceMetadataCredentialsProvider(
        environment: environment, profile: settings.profile, transport: transport)
    case .container:
      guard let provider = ContainerCredentialsProvider(environment: environment, transport: transport) else {
        throw CredentialsError("credential_source is EcsContainer, and no variable says where that is")
      }
      return provider
    }
  }
}

extension CredentialsError {
  /// Something is wrong with a profile.
  init(profile name: String, _ reason: String) {
    self.init("profile \(name): \(reason)")
  }
}
