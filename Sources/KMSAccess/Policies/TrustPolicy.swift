// Trust policies: who may assume a role.

public import KMSDomain

/// The policy that lies on a role, in the same language as key policies but without resources: the role is meant.
public struct TrustPolicy: Hashable, Sendable {
  let document: PolicyDocument

  /// The actions that a trust policy can be about; some are of calls that nobody can make here.
  static let actions = [
    "sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity", "sts:TagSession",
    "sts:SetSourceIdentity", "sts:SetContext", "sts:*",
  ]

  /// Parses a policy document for a role in `partition`.
  ///
  /// - Throws: what is wrong with it, in words for its author.
  public init(_ text: String, partition: String) throws(PolicyError) {
    document = try PolicyDocument(text, kind: .trust(partition: partition))
  }

  /// The version of the policy language; the first one when the document names none.
  public var version: String { document.version.rawValue }
  /// The document's own id.
  public var id: String? { document.id }
  /// The statements, in their order.
  public var statements: [PolicyStatement] { document.statements }

  /// What the policy says about a caller that would assume the role; as for key policies.
  public func evaluate<Values>(
    _ query: PolicyQuery<Values>, for principal: PrincipalARN?, roleARN: PrincipalARN?, of account: AccountID
  ) -> KeyPolicyVerdict {
    document.evaluate(query, for: PolicyCaller(principal: principal, roleARN: roleARN, account: account))
  }

  /// What the policy says about somebody whom an identity provider vouches for.
  ///
  /// Only a statement that names the provider allows it: `*` and NotPrincipal deny, but do not trust providers.
  /// `provider` is written as in `"Federated"`: an ARN, or the host name of a provider that is known to everybody.
  public func evaluate<Values>(
    _ query: PolicyQuery<Values>, forProvider provider: String
  ) -> IdentityPolicyVerdict {
    var verdict = IdentityPolicyVerdict()
    for statement in statements where Self.isAbout(provider, statement) && statement.applies(query) {
      verdict.add(statement)
    }
    return verdict
  }

  private static func isAbout(_ provider: String, _ statement: PolicyStatement) -> Bool {
    switch (statement.effect, statement.principals) {
    case (_, nil): false
    case (.deny, let principals?): principals.selects { $0 == .anyone || $0.isProvider(provider) }
    case (.allow, .only(let principals)): principals.contains { $0.isProvider(provider) }
    case (.allow, .allBut): false
    }
  }
}
