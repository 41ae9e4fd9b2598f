// ListResourceTags: the labels of a key, in the order of their keys' bytes.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension ListResourceTags: KeyOperation {
  public static func check(_ input: ListResourceTagsInput) throws(Fault) {
    // The model's limit is wider than this listing's.
    if let limit = input.limit, limit > 50 { throw .pageLimit(limit, atMost: 50) }
  }

  public static func perform(
    _ input: ListResourceTagsInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ListResourceTagsOutput {
    let key = authorized.resource.record
    let limit = input.limit ?? 50
    let listing = "\(name) \(key.id)"
    let start = try context.position(input.marker, listing: listing, of: key.home) { $0 }
    let tags = key.tags.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let rest = tags.drop { tag in start.map { !$0.utf8.lexicographicallyPrecedes(tag.key.utf8) } ?? false }
    let page = try Page(Array(rest), limit: limit, in: context, listing: listing, of: key.home) { $0.key }
    return ListResourceTagsOutput(
      tags: page.items.map { KMSModel.Tag(tagKey: $0.key, tagValue: $0.value) },
      truncated: page.nextMarker != nil, nextMarker: page.nextMarker)
  }
}
