// One page of a listing.

import KMSDomain

/// Some items, and the marker of the next page if there is one.
struct Page<Item: Sendable>: Sendable {
  let items: [Item]
  let nextMarker: String?

  /// Cuts a page of `limit` out of up to `limit` + 1 items, the surplus one telling that there is more.
  init(
    _ found: [Item], limit: Int, in context: OperationContext, listing: String, of home: AccountRegion,
    name: (Item) -> String
  ) throws(Fault) {
    items = Array(found.prefix(limit))
    if found.count > limit, let last = items.last {
      nextMarker = try context.seals.markers.seal(name(last), listing: listing, of: home)
    } else {
      nextMarker = nil
    }
  }
}

extension OperationContext {
  /// The item after which the page of `marker` starts; nil for a first page.
  func position<Item>(
    _ marker: String?, listing: String, of home: AccountRegion, _ parse: (String) -> Item?
  ) throws(Fault) -> Item? {
    guard let marker else { return nil }
    guard let item = parse(try seals.markers.open(marker, listing: listing, of: home)) else { throw .invalidMarker }
    return item
  }
}
