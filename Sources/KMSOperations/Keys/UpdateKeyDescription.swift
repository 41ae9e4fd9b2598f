// UpdateKeyDescription: other words about a key.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension UpdateKeyDescription: KeyOperation {
  public static func perform(
    _ input: UpdateKeyDescriptionInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> UpdateKeyDescriptionOutput {
    _ = try await context.keys.update(authorized.resource) { key throws(Fault) in
      try StateRule.metadata.check(key)
      key.description = input.description
    }
    return UpdateKeyDescriptionOutput()
  }
}
