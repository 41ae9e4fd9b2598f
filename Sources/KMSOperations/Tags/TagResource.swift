// TagResource: labels are added to a key, or get other values.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension TagResource: KeyOperation {
  public static func check(_ input: TagResourceInput) throws(Fault) {
    _ = try TagRules.check(input.tags)
  }

  public static func attributes(of input: TagResourceInput) -> RequestAttributes {
    RequestAttributes(tags: input.tags)
  }

  public static func perform(
    _ input: TagResourceInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> TagResourceOutput {
    let tags = try TagRules.check(input.tags)
    let quota = context.quotas.tagsPerKey
    _ = try await context.keys.update(authorized.resource) { key throws(Fault) in
      try StateRule.metadata.check(key)
      for tag in tags {
        if let index = key.tags.firstIndex(where: { $0.hasKey(tag.key) }) {
          key.tags[index] = tag
        } else {
          key.tags.append(tag)
        }
      }
      guard key.tags.count <= quota else { throw .tooManyTags }
    }
    return TagResourceOutput()
  }
}
