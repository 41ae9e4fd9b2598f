// DescribeCustomKeyStores: one custom key store, or those of the account and Region.

public import KMSAccess
public import KMSDomain
public import KMSModel
import SecureMemory

extension DescribeCustomKeyStores: AccountOperation {
  public static func check(_ input: DescribeCustomKeyStoresInput) throws(Fault) {
    guard input.customKeyStoreID == nil || input.customKeyStoreName == nil else {
      throw .validation("You cannot specify CustomKeyStoreId and CustomKeyStoreName in the same request.")
    }
  }

  public static func perform(
    _ input: DescribeCustomKeyStoresInput, _ authorized: Authorized<Self>, in context: OperationContext
  ) async throws(Fault) -> DescribeCustomKeyStoresOutput {
    let home = authorized.caller.home
    if let id = input.customKeyStoreID {
      return DescribeCustomKeyStoresOutput(try await context.keys.customKeyStore(id, in: home))
    }
    if let name = input.customKeyStoreName {
      let all = try await context.keys.store.read { reader throws(Fault) in try reader.allCustomKeyStores(in: home) }
      guard let found = all.first(where: { $0.name == name }) else { throw .customKeyStoreNotFound(name) }
      return DescribeCustomKeyStoresOutput(found)
    }
    let limit = input.limit ?? 100
    let start = try context.position(input.marker, listing: name, of: home) { $0 }
    let found = try await context.keys.store.read { reader throws(Fault) in
      try reader.customKeyStores(in: home, after: start, limit: limit + 1)
    }
    let page = try Page(found, limit: limit, in: context, listing: name, of: home) { $0.name }
    return DescribeCustomKeyStoresOutput(
      customKeyStores: page.items.map(CustomKeyStoresListEntry.init), truncated: page.nextMarker != nil,
      nextMarker: page.nextMarker)
  }
}

extension DescribeCustomKeyStoresOutput {
  /// The answer with one store.
  fileprivate init(_ store: CustomKeyStore) {
    self.init(customKeyStores: [CustomKeyStoresListEntry(store)], truncated: false)
  }
}

extension CustomKeyStoresListEntry {
  /// The public view of a store: all but the credential's secret.
  fileprivate init(_ store: CustomKeyStore) {
    let proxy = store.proxy
    self.init(
      customKeyStoreID: store.id, customKeyStoreName: store.name,
      connectionState: ConnectionState(rawValue: store.connectionState.rawValue),
      connectionErrorCode: store.connectionErrorCode.map { ConnectionErrorCode(rawValue: $0) },
      creationDate: store.creationDate, customKeyStoreType: .externalKeyStore,
      xksProxyConfiguration: XksProxyConfiguration(
        connectivity: XksProxyConnectivity(rawValue: proxy.connectivity.rawValue),
        accessKeyID: SecretBytes(proxy.accessKeyID.utf8), uriEndpoint: proxy.uriEndpoint, uriPath: proxy.uriPath,
        vpcEndpointServiceName: proxy.vpcEndpointServiceName,
        vpcEndpointServiceOwner: proxy.vpcEndpointServiceOwner?.description))
  }
}
