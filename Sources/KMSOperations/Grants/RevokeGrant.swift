// RevokeGrant: somebody who administers the key ends a grant.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension RevokeGrant: KeyOperation {
  public static func check(_ input: RevokeGrantInput) throws(Fault) {
    _ = try GrantID.check(input.grantID)
  }

  public static func attributes(of input: RevokeGrantInput) -> RequestAttributes {
    var attributes = RequestAttributes()
    attributes[.grantIsForAWSResource] = .bool(false)
    return attributes
  }

  public static func perform(
    _ input: RevokeGrantInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> RevokeGrantOutput {
    let key = authorized.resource.record
    try await context.removeGrant(input.grantID, on: key.id, in: key.home, isDryRun: input.dryRun ?? false)
    return RevokeGrantOutput()
  }
}
