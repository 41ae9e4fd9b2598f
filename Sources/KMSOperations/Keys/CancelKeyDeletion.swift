// CancelKeyDeletion: the key stays, disabled.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension CancelKeyDeletion: KeyOperation {
  public static func perform(
    _ input: CancelKeyDeletionInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> CancelKeyDeletionOutput {
    let key = try await context.keys.update(authorized.resource) { key throws(Fault) in
      try StateRule.cancelDeletion.check(key)
      key.cancelDeletion()
    }
    return CancelKeyDeletionOutput(keyID: key.arn)
  }
}
