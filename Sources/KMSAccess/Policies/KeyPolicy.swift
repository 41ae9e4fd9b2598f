// Key policies: the policy that lies on a key and is the root of all access to it.

/// A key policy, parsed once and then ready to be evaluated any number of times.
public struct KeyPolicy: Hashable, Sendable {
  let document: PolicyDocument

  /// Parses a policy document for a key in `partition`.
  ///
  /// - Throws: what is wrong with it, in words for its author.
  public init(_ text: String, partition: String) throws(PolicyError) {
    document = try PolicyDocument(text, kind: .key(partition: partition))
    for statement in document.statements {
      if let condition = statement.conditions.first(where: \.isOverlyPermissive) {
        throw .overlyPermissiveCondition(condition.key)
      }
    }
  }

  /// The version of the policy language; the first one when the document names none.
  public var version: String { document.version.rawValue }
  /// The document's own id.
  public var id: String? { document.id }
  /// The statements, in their order.
  public var statements: [PolicyStatement] { document.statements }
}

extension KeyPolicy {
  /// The users, roles and sessions that the statements name; accounts and services are not among them.
  public var namedPrincipals: [PrincipalARN] {
    statements.flatMap { statement -> [PrincipalARN] in
      let principals: [PolicyPrincipal] =
        switch statement.principals {
        case .only(let named)?, .allBut(let named)?: named
        case nil: []
        }
      return principals.compactMap { if case .identity(let arn) = $0 { arn } else { nil } }
    }
  }
}
