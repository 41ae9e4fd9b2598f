// ListKeys: the ids and ARNs of the account's keys in the Region.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension ListKeys: AccountOperation {
  public static func perform(
    _ input: ListKeysInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ListKeysOutput {
    let home = authorized.caller.home
    let limit = input.limit ?? 100
    let start = try context.position(input.marker, listing: name, of: home) { KeyID($0) }
    let found = try await context.keys.store.read { reader throws(Fault) in
      try reader.keyIDs(in: home, after: start, limit: limit + 1)
    }
    let page = try Page(found, limit: limit, in: context, listing: name, of: home) { $0.description }
    return ListKeysOutput(
      keys: page.items.map { KeyListEntry(keyID: $0.description, keyARN: home.keyARN($0)) },
      truncated: page.nextMarker != nil, nextMarker: page.nextMarker)
  }
}
