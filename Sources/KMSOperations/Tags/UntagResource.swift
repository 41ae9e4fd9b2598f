// UntagResource: labels are taken off a key; those it does not have are passed over.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension UntagResource: KeyOperation {
  public static func check(_ input: UntagResourceInput) throws(Fault) {
    try TagRules.checkNotReserved(input.tagKeys)
  }

  public static func attributes(of input: UntagResourceInput) -> RequestAttributes {
    var attributes = RequestAttributes()
    attributes[.tagKeys] = .strings(input.tagKeys)
    return attributes
  }

  public static func perform(
    _ input: UntagResourceInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> UntagResourceOutput {
    let removed = Set(input.tagKeys.map { Array($0.utf8) })
    _ = try await context.keys.update(authorized.resource) { key throws(Fault) in
      try StateRule.metadata.check(key)
      key.tags.removeAll { removed.contains(Array($0.key.utf8)) }
    }
    return UntagResourceOutput()
  }
}
