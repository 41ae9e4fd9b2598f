// ConnectCustomKeyStore: answers at once; the proxy is asked in the background.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension ConnectCustomKeyStore: AccountOperation {
  public static func perform(
    _ input: ConnectCustomKeyStoreInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> ConnectCustomKeyStoreOutput {
    let home = authorized.caller.home
    let id = input.customKeyStoreID
    let mustStart = try await context.keys.updateCustomKeyStore(id, in: home) { store, transaction throws(Fault) in
      switch store.connectionState {
      case .connected, .connecting: return false
      case .failed, .disconnecting: throw .customKeyStoreState(store)
      case .disconnected:
        store.connectionState = .connecting
        try UnfinishedConnections.add(store, in: transaction)
        return true
      }
    }
    if mustStart { context.connect(id, in: home, requestID: authorized.caller.requestID) }
    return ConnectCustomKeyStoreOutput()
  }
}
