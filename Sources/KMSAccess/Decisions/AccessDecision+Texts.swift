// Decisions in words: to callers as KMS puts them, to operators in full.

import KMSDomain

extension AccessDecision.Reason {
  /// The fault that tells the caller.
  func fault(_ request: AccessRequest) -> Fault {
    let caller = request.identity.arn
    let action = request.demand.action
    if case .missing(let fault) = request.demand.resource { return fault }
    guard self != .elsewhere else {
      return request.demand.faultElsewhere ?? .accessDeniedElsewhere(caller: caller, action: action)
    }
    let because =
      switch self {
      case .elsewhere, .notRetirable, .missing: ""
      case .explicitDeny(let layer, _, _): " with an explicit deny in \(layer.withArticle)"
      case .noIdentityPolicy: " because no \(PolicyLayer.identity.words) allows the kms:\(action) action"
      case .noKeyPolicy: " because no \(PolicyLayer.resource.words) allows the kms:\(action) action"
      case .filtered(let layer): " because no \(layer.words) allows the kms:\(action) action"
      }
    return .accessDenied(caller: caller, action: action, resource: request.toldResource, because: because)
  }
}

extension AccessRequest {
  /// The resource as denials name it: `*` where there is no key or alias yet, or none at all.
  fileprivate var toldResource: String {
    switch demand.resource {
    case .account, .principal, .missing: "*"
    case .key, .alias, .grant: resourceARN
    }
  }
}

extension PolicyLayer {
  /// The layer as KMS's denials name it.
  var words: String {
    switch self {
    case .identity: "identity-based policy"
    case .resource: "resource-based policy"
    case .permissionsBoundary: "permissions boundary"
    case .session: "session policy"
    }
  }

  fileprivate var withArticle: String { (self == .identity ? "an " : "a ") + words }
}

extension AccessDecision: CustomStringConvertible {
  /// The decision in a sentence, for operators.
  public var description: String {
    switch self {
    case .allowed(let basis): "allowed by \(basis)"
    case .denied(let reason): "denied: \(reason)"
    }
  }
}

extension AccessDecision.Basis: CustomStringConvertible {
  /// What allows it, for operators.
  public var description: String {
    switch self {
    case .keyPolicy(let statement): "\(statement) of the key policy"
    case .identityPolicy(let name, let statement, nil): "\(statement) of the identity policy \(name.quoted)"
    case .identityPolicy(let name, let statement, let delegation?):
      "\(statement) of the identity policy \(name.quoted), to which \(delegation) of the key policy leaves it"
    case .root(nil): "the account, whose root this is"
    case .root(let delegation?): "\(delegation) of the key policy, which names the account, whose root this is"
    case .grant(let id): "grant \(id)"
    case .retirement(let id): "grant \(id), which says who may retire it"
    }
  }
}

extension AccessDecision.Reason: CustomStringConvertible {
  /// What denies it, for operators.
  public var description: String {
    switch self {
    case .explicitDeny(let layer, let policy?, let statement):
      "\(statement) of the \(layer.words) \(policy.quoted) forbids it"
    case .explicitDeny(let layer, nil, let statement): "\(statement) of the \(layer.words) forbids it"
    case .noIdentityPolicy: "no identity policy allows it"
    case .noKeyPolicy: "the key policy neither allows it nor leaves it to the account, and no grant covers it"
    case .filtered(let layer): "it would be allowed, but the \(layer.words) does not let it through"
    case .elsewhere: "the resource is another account's, which does not allow it"
    case .notRetirable: "the grant names somebody else to retire it"
    case .missing(let kind): "it could not be found (\(kind.rawValue))"
    }
  }
}
