// DeleteCustomKeyStore: the service forgets a store without keys; proxy and key manager are not told.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension DeleteCustomKeyStore: AccountOperation {
  public static func perform(
    _ input: DeleteCustomKeyStoreInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> DeleteCustomKeyStoreOutput {
    let home = authorized.caller.home
    let id = input.customKeyStoreID
    try await context.keys.store.write { transaction throws(Fault) in
      guard let store = try transaction.customKeyStore(id, in: home) else { throw .customKeyStoreNotFound(id) }
      guard store.connectionState == .disconnected else { throw .customKeyStoreState(store) }
      guard try !transaction.hasKeys(inCustomKeyStore: id, of: home) else { throw .customKeyStoreHasKeys(id) }
      try transaction.deleteCustomKeyStore(id, in: home)
    }
    return DeleteCustomKeyStoreOutput()
  }
}
