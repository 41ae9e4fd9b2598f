// DisconnectCustomKeyStore: its keys become unavailable. There is no session to end, so that it is done at once.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension DisconnectCustomKeyStore: AccountOperation {
  public static func perform(
    _ input: DisconnectCustomKeyStoreInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> DisconnectCustomKeyStoreOutput {
    let home = authorized.caller.home
    let id = input.customKeyStoreID
    try await context.keys.updateCustomKeyStore(id, in: home) { store, transaction throws(Fault) in
      switch store.connectionState {
      case .disconnected, .disconnecting: throw .customKeyStoreState(store)
      case .connected, .connecting, .failed:
        store.connectionState = .disconnected
        store.connectionErrorCode = nil
        try UnfinishedConnections.remove(id, in: home, transaction)
      }
    }
    return DisconnectCustomKeyStoreOutput()
  }
}
