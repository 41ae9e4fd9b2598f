// DisableKey: a key refuses cryptographic operations until it is enabled.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension DisableKey: KeyOperation {
  public static func perform(
    _ input: DisableKeyInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> DisableKeyOutput {
    _ = try await context.keys.update(authorized.resource) { key throws(Fault) in
      try StateRule.enablement.check(key)
      key.disable()
    }
    return DisableKeyOutput()
  }
}
