// ListAliases: the aliases of the account and Region, or of one key.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension ListAliases: ServedOperation {
  public static func check(_ input: ListAliasesInput) throws(Fault) {
    // The model's limit is wider than this listing's.
    if let limit = input.limit, limit > 100 { throw .pageLimit(limit, atMost: 100) }
  }

  public static func resolve(
    _ input: ListAliasesInput, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> ActiveKey? {
    guard let keyID = input.keyID else { return nil }
    return try await context.key(identifiedBy: keyID, for: caller, to: name)
  }

  public static func demands(of input: ListAliasesInput, on key: ActiveKey?) -> [AccessDemand] {
    [AccessDemand(name, on: .account)]
  }

  public static func perform(
    _ input: ListAliasesInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ListAliasesOutput {
    let home = authorized.caller.home
    let keyID = authorized.resource?.record.id
    let limit = input.limit ?? 50
    let listing = keyID.map { "\(name) \($0)" } ?? name
    let start = try context.position(input.marker, listing: listing, of: home) { AliasName($0) }
    let found = try await context.keys.store.read { reader throws(Fault) in
      try reader.aliases(in: home, of: keyID, after: start, limit: limit + 1)
    }
    let page = try Page(found, limit: limit, in: context, listing: listing, of: home) { $0.name.description }
    return ListAliasesOutput(
      aliases: page.items.map(AliasListEntry.init), truncated: page.nextMarker != nil, nextMarker: page.nextMarker)
  }
}

extension AliasListEntry {
  /// The public view of an alias.
  fileprivate init(_ alias: Alias) {
    self.init(
      aliasName: alias.name.description, aliasARN: alias.arn, targetKeyID: alias.targetKeyID.description,
      creationDate: alias.creationDate, lastUpdatedDate: alias.lastUpdatedDate)
  }
}
