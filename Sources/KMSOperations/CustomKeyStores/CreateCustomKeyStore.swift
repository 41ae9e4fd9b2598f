// CreateCustomKeyStore: an external key store; a proxy that is reached publicly is asked how it is first.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension CreateCustomKeyStore: AccountOperation {
  public static func check(_ input: CreateCustomKeyStoreInput) throws(Fault) {
    do {
      _ = try NewCustomKeyStore(input)
    } catch {
      // Whether a cluster exists is told to those who may ask.
      guard error.kind == .cloudHSMClusterNotFound else { throw error }
    }
  }

  public static func perform(
    _ input: CreateCustomKeyStoreInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> CreateCustomKeyStoreOutput {
    let made = try NewCustomKeyStore(input).make(in: authorized.caller.home, context: context)
    let quota = context.quotas.customKeyStores
    // Before the proxy is called, so that nobody is called in vain; and again when the store is added.
    try await context.keys.store.read { reader throws(Fault) in try reader.checkRoom(for: made, quota: quota) }
    if made.proxy.connectivity == .publicEndpoint {
      let proxy = try context.access(to: made)
      do throws(ProxyFailure) {
        try await context.checkHealth(of: proxy, for: name, requestID: authorized.caller.requestID)
      } catch {
        throw error.configurationFault
      }
    }
    try await context.keys.store.write { transaction throws(Fault) in
      try transaction.checkRoom(for: made, quota: quota)
      try transaction.insert(made)
    }
    return CreateCustomKeyStoreOutput(customKeyStoreID: made.id)
  }
}

extension StoreReader {
  /// Refuses a store for which there is no room, or that is not unique where it must be.
  fileprivate func checkRoom(for store: CustomKeyStore, quota: Int) throws(Fault) {
    try checkUnique(store)
    guard try allCustomKeyStores(in: store.home).count < quota else { throw .tooManyCustomKeyStores }
  }
}
