// ListRetirableGrants: the grants, on whosever keys, that a principal may retire as their retiring principal.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension ListRetirableGrants: ServedOperation {
  public static func check(_ input: ListRetirableGrantsInput) throws(Fault) {
    // The model's limit is wider than this listing's.
    if let limit = input.limit, limit > 100 { throw .pageLimit(limit, atMost: 100) }
  }

  public static func resolve(
    _ input: ListRetirableGrantsInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> PrincipalARN {
    guard let principal = PrincipalARN(input.retiringPrincipal) else {
      throw .invalidPrincipal(input.retiringPrincipal)
    }
    return principal
  }

  public static func demands(of input: ListRetirableGrantsInput, on principal: PrincipalARN) -> [AccessDemand] {
    [AccessDemand(name, on: .principal(principal))]
  }

  public static func perform(
    _ input: ListRetirableGrantsInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ListRetirableGrantsOutput {
    let caller = authorized.caller.home
    let principal = authorized.resource.description
    let limit = input.limit ?? 50
    let listing = "\(name) \(principal)"
    let start = try context.position(input.marker, listing: listing, of: caller, position)
    let found = try await context.keys.store.read { reader throws(Fault) in
      try reader.grants(retirableBy: principal, region: caller.region, after: start, limit: limit + 1)
    }
    let page = try Page(found, limit: limit, in: context, listing: listing, of: caller) { "\($0.id) \($0.keyID)" }
    return ListRetirableGrantsOutput(
      grants: page.items.map(GrantListEntry.init), truncated: page.nextMarker != nil, nextMarker: page.nextMarker)
  }

  private static func position(_ text: String) -> (grantID: String, keyID: KeyID)? {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let keyID = KeyID(parts[1]) else { return nil }
    return (String(parts[0]), keyID)
  }
}
