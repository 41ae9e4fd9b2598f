// The condition keys that every request has, whatever it asks: who, from where, when.

public import KMSDomain
import FoundationEssentials

/// The values of the global condition keys.
public struct GlobalValues: Sendable {
  let identity: CallerIdentity
  let region: Region
  let origin: RequestOrigin

  /// The values for one caller and one request.
  public init(identity: CallerIdentity, region: Region, origin: RequestOrigin) {
    self.identity = identity
    self.region = region
    self.origin = origin
  }

  /// The value of a global key; nil for every other key, and for those that the request lacks.
  public func value(of name: ConditionKey.Name) -> ConditionValue? {
    switch name {
    case .principalARN: .string(principalARN)
    case .principalAccount: .string(identity.account.description)
    case .principalType: .string(principalType)
    case .principalIsAWSService, .viaAWSService: .bool(false)
    case .userID: .string(identity.userID)
    case .username: username
    case .tokenIssueTime: session.map { .instant($0.issueTime.timeIntervalSince1970) }
    // Present with temporary credentials only; nobody authenticates with a second factor here.
    case .multiFactorAuthPresent: session.map { _ in .bool(false) }
    case .sourceIdentity: session?.sourceIdentity.map(ConditionValue.string)
    case .federatedProvider: session?.federatedProvider.map(ConditionValue.string)
    case .sourceIP: origin.sourceIP.map(ConditionValue.string)
    case .secureTransport: .bool(origin.isSecure)
    case .userAgent: origin.userAgent.map(ConditionValue.string)
    case .currentTime, .epochTime: .instant(origin.time)
    case .requestedRegion: .string(region.description)
    default: nil
    }
  }

  private var session: CallerIdentity.AssumedRole? {
    if case .assumedRole(let session) = identity.kind { session } else { nil }
  }

  /// The role's ARN for a session: policies are written for roles.
  private var principalARN: String { session?.roleARN ?? identity.arn }

  private var principalType: String {
    switch identity.kind {
    case .root: "Account"
    case .user: "User"
    case .assumedRole: "AssumedRole"
    }
  }

  private var username: ConditionValue? {
    if case .user(let name) = identity.kind { .string(name) } else { nil }
  }
}
