// Custom key stores in the store, and the rules that hold between them.

import KMSDomain

extension KeyDirectory {
  /// The custom key store `id`.
  func customKeyStore(_ id: String, in home: AccountRegion) async throws(Fault) -> CustomKeyStore {
    let found = try await store.read { reader throws(Fault) in try reader.customKeyStore(id, in: home) }
    guard let found else { throw .customKeyStoreNotFound(id) }
    return found
  }

  /// Changes a custom key store in one transaction, and forgets what is remembered of its keys.
  ///
  /// `change` sees the current record; what it throws leaves the store as it was.
  func updateCustomKeyStore<Result: Sendable>(
    _ id: String, in home: AccountRegion,
    _ change: @escaping @Sendable (inout CustomKeyStore, any StoreTransaction) throws(Fault) -> Result
  ) async throws(Fault) -> Result {
    // Also when the write fails: whether it took place may then be unknown.
    defer { customKeyStoreChanged(id, in: home) }
    return try await store.write { transaction throws(Fault) in
      guard var record = try transaction.customKeyStore(id, in: home) else { throw .customKeyStoreNotFound(id) }
      let result = try change(&record, transaction)
      try transaction.update(record)
      return result
    }
  }
}

extension StoreReader {
  /// Every custom key store of an account and Region: few, by quota.
  func allCustomKeyStores(in home: AccountRegion) throws(Fault) -> [CustomKeyStore] {
    let pageSize = 100
    var all: [CustomKeyStore] = []
    while true {
      let page = try customKeyStores(in: home, after: all.last?.name, limit: pageSize)
      all += page
      if page.count < pageSize { return all }
    }
  }

  /// Refuses a store that has what only one of the account and Region may have.
  func checkUnique(_ store: CustomKeyStore) throws(Fault) {
    let proxy = store.proxy
    let endpoint = ProxyAddressRules.canonical(proxy.uriEndpoint)
    for other in try allCustomKeyStores(in: store.home) where other.id != store.id {
      guard other.name != store.name else { throw .customKeyStoreNameInUse(store.name) }
      if ProxyAddressRules.canonical(other.proxy.uriEndpoint) == endpoint {
        guard other.proxy.uriPath != proxy.uriPath else { throw .proxyURIInUse }
        // Only stores that are all reached publicly share an endpoint.
        guard proxy.connectivity == .publicEndpoint, other.proxy.connectivity == .publicEndpoint else {
          throw .proxyEndpointInUse
        }
      }
      if let service = proxy.vpcEndpointServiceName, service == other.proxy.vpcEndpointServiceName {
        throw .vpcEndpointServiceInUse
      }
    }
  }
}
