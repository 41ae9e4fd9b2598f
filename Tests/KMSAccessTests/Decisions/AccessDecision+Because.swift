// What makes a decision, in the words of the table.

@testable import KMSAccess

extension AccessDecision {
  /// The kind of basis or reason, with the grant's id or the policy's layer: `keyPolicy`, `grant:ID`,
  /// `explicitDeny:session`.
  var because: String {
    switch self {
    case .allowed(let basis): basis.word
    case .denied(let reason): reason.word
    }
  }
}

extension AccessDecision.Basis {
  fileprivate var word: String {
    switch self {
    case .keyPolicy: "keyPolicy"
    case .identityPolicy: "identityPolicy"
    case .root: "root"
    case .grant(let id): "grant:\(id)"
    case .retirement: "retirement"
    }
  }
}

extension AccessDecision.Reason {
  fileprivate var word: String {
    switch self {
    case .explicitDeny(let layer, _, _): "explicitDeny:\(layer.rawValue)"
    case .noIdentityPolicy: "noIdentityPolicy"
    case .noKeyPolicy: "noKeyPolicy"
    case .filtered(let layer): "filtered:\(layer.rawValue)"
    case .elsewhere: "elsewhere"
    case .notRetirable: "notRetirable"
    case .missing: "missing"
    }
  }
}
