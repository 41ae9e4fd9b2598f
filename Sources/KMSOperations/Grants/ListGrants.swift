// ListGrants: the grants on a key.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension ListGrants: KeyOperation {
  public static func check(_ input: ListGrantsInput) throws(Fault) {
    // The model's limit is wider than this listing's.
    if let limit = input.limit, limit > 100 { throw .pageLimit(limit, atMost: 100) }
    if let id = input.grantID { _ = try GrantID.check(id) }
  }

  public static func attributes(of input: ListGrantsInput) -> RequestAttributes {
    var attributes = RequestAttributes()
    attributes[.grantIsForAWSResource] = .bool(false)
    return attributes
  }

  public static func perform(
    _ input: ListGrantsInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ListGrantsOutput {
    let key = authorized.resource.record
    let caller = authorized.caller.home
    let limit = input.limit ?? 50
    let listing = "\(name) \(key.arn) \(input.grantID ?? "") \(input.granteePrincipal ?? "")"
    let start = try context.position(input.marker, listing: listing, of: caller) { GrantID.isValid($0) ? $0 : nil }
    let found = try await context.keys.store.read { reader throws(Fault) -> [Grant] in
      guard let id = input.grantID else {
        return try reader.grants(
          on: key.id, region: key.home.region, granteePrincipal: input.granteePrincipal, after: start,
          limit: limit + 1)
      }
      guard let grant = try reader.grant(id, on: key.id, region: key.home.region),
        input.granteePrincipal ?? grant.granteePrincipal == grant.granteePrincipal
      else { return [] }
      return [grant]
    }
    let page = try Page(found, limit: limit, in: context, listing: listing, of: caller) { $0.id }
    return ListGrantsOutput(
      grants: page.items.map(GrantListEntry.init), truncated: page.nextMarker != nil, nextMarker: page.nextMarker)
  }
}
