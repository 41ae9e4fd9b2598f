// From a principal's record to something that requests can be made with.

import KMSDomain

extension IdentityProblem {
  /// A problem of a principal that is still to be named.
  struct Reason: Error {
    let kind: Kind
    let text: String

    static func unusable(_ text: String) -> Reason { Reason(kind: .unusable, text: text) }
    static func duplicate(_ text: String) -> Reason { Reason(kind: .duplicate, text: text) }
  }
}

extension CallerIdentity {
  /// The user with this record.
  convenience init(user record: Principal) throws(IdentityProblem.Reason) {
    _ = try record.parsedARN()
    self.init(
      arn: record.arn, account: record.account, kind: .user(record.name), userID: record.id,
      permissions: .policies(try record.parsedPolicies()), permissionsBoundary: try record.parsedBoundary(),
      tags: record.tags)
  }
}

extension Role {
  /// The role with this record.
  init(_ record: Principal) throws(IdentityProblem.Reason) {
    self.record = record
    arn = try record.parsedARN()
    policies = try record.parsedPolicies()
    permissionsBoundary = try record.parsedBoundary()
    guard let text = record.trustPolicy else { throw .unusable("it has no trust policy") }
    trustPolicy = try Principal.parsing("trust policy") { () throws(PolicyError) in
      try TrustPolicy(text, partition: record.partition)
    }
  }
}

extension Principal {
  fileprivate func parsedARN() throws(IdentityProblem.Reason) -> PrincipalARN {
    guard let arn = PrincipalARN(arn) else { throw .unusable("its name or path is not valid") }
    return arn
  }

  fileprivate func parsedPolicies() throws(IdentityProblem.Reason) -> [CallerIdentity.NamedPolicy] {
    var parsed: [CallerIdentity.NamedPolicy] = []
    for policy in policies {
      let document = try Self.parsing("policy \(policy.name)") { () throws(PolicyError) in
        try IdentityPolicy(policy.document)
      }
      parsed.append(CallerIdentity.NamedPolicy(name: policy.name, policy: document))
    }
    return parsed
  }

  fileprivate func parsedBoundary() throws(IdentityProblem.Reason) -> IdentityPolicy? {
    guard let text = permissionsBoundary else { return nil }
    return try Self.parsing("permissions boundary") { () throws(PolicyError) in try IdentityPolicy(text) }
  }

  fileprivate static func parsing<Policy>(
    _ what: String, _ parse: () throws(PolicyError) -> Policy
  ) throws(IdentityProblem.Reason) -> Policy {
    do {
      return try parse()
    } catch {
      throw .unusable("its \(what) does not parse: \(error.description)")
    }
  }
}
