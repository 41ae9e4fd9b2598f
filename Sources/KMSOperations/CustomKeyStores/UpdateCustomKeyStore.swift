// UpdateCustomKeyStore: another name, or another way to the proxy, which is asked first whether it works.

public import KMSAccess
public import KMSDomain
public import KMSModel

extension UpdateCustomKeyStore: AccountOperation {
  /// How often a change is tried when others change the same store meanwhile.
  private static let attempts = 10

  public static func check(_ input: UpdateCustomKeyStoreInput) throws(Fault) {
    _ = try CustomKeyStoreChange(input)
  }

  public static func perform(
    _ input: UpdateCustomKeyStoreInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> UpdateCustomKeyStoreOutput {
    let home = authorized.caller.home
    let change = try CustomKeyStoreChange(input)
    for _ in 0..<attempts {
      let before = try await context.keys.customKeyStore(input.customKeyStoreID, in: home)
      let after = try change.applied(to: before, in: context)
      try await context.keys.store.read { reader throws(Fault) in try reader.checkUnique(after) }
      if change.changesProxy { try await test(after, authorized.caller, context) }
      let isDone = try await context.keys.updateCustomKeyStore(before.id, in: home) {
        store, transaction throws(Fault) in
        guard store == before else { return false }
        try transaction.checkUnique(after)
        store = after
        return true
      }
      if isDone { return UpdateCustomKeyStoreOutput() }
    }
    throw .throttled
  }

  /// Asks the proxy with the new settings. One behind a VPC endpoint service is asked when the store is connected only:
  /// as long as it is not, the way to it may not be there yet.
  private static func test(
    _ store: CustomKeyStore, _ caller: Caller, _ context: OperationContext
  ) async throws(Fault) {
    guard store.proxy.connectivity == .publicEndpoint || store.connectionState == .connected else { return }
    let proxy = try context.access(to: store)
    do throws(ProxyFailure) {
      try await context.checkHealth(of: proxy, for: name, requestID: caller.requestID)
    } catch {
      throw error.configurationFault
    }
  }
}
