// What UpdateCustomKeyStore asks for, and when it may.

import KMSDomain
import KMSModel

/// A change of an external key store's settings.
struct CustomKeyStoreChange {
  private let input: UpdateCustomKeyStoreInput

  /// Applies the rules that need no store.
  init(_ input: UpdateCustomKeyStoreInput) throws(Fault) {
    self.input = input
    guard input.cloudHSMClusterID == nil, input.keyStorePassword == nil else {
      throw .validation("CloudHsmClusterId and KeyStorePassword are not valid for an external key store.")
    }
    guard changesProxy || input.newCustomKeyStoreName != nil else {
      throw .validation("You must specify at least one setting to change.")
    }
    if let endpoint = input.xksProxyURIEndpoint { try ProxyAddressRules.checkEndpoint(endpoint) }
    if let path = input.xksProxyURIPath { try ProxyAddressRules.checkPath(path) }
  }

  /// Whether anything about the proxy changes.
  var changesProxy: Bool {
    movesProxy || input.xksProxyURIPath != nil || input.xksProxyAuthenticationCredential != nil
  }

  /// Whether something changes that only a disconnected store allows to.
  private var movesProxy: Bool {
    input.xksProxyURIEndpoint != nil || input.xksProxyConnectivity != nil
      || input.xksProxyVPCEndpointServiceName != nil || input.xksProxyVPCEndpointServiceOwner != nil
  }

  /// The store as it would be, if its connection state allows the change.
  func applied(to store: CustomKeyStore, in context: OperationContext) throws(Fault) -> CustomKeyStore {
    let allowed: [CustomKeyStore.ConnectionState] = movesProxy ? [.disconnected] : [.disconnected, .connected]
    guard allowed.contains(store.connectionState) else { throw .customKeyStoreState(store) }
    var store = store
    store.name = input.newCustomKeyStoreName ?? store.name
    store.proxy.uriEndpoint = input.xksProxyURIEndpoint ?? store.proxy.uriEndpoint
    store.proxy.uriPath = input.xksProxyURIPath ?? store.proxy.uriPath
    try changeConnectivity(of: &store)
    if let credential = input.xksProxyAuthenticationCredential {
      store.proxy.accessKeyID = credential.accessKeyName
      store.proxy.wrappedSecretAccessKey = try context.seal(
        credential.rawSecretAccessKey, accessKeyID: store.proxy.accessKeyID, ofCustomKeyStore: store.id,
        in: store.home)
    }
    return store
  }

  private func changeConnectivity(of store: inout CustomKeyStore) throws(Fault) {
    let connectivity =
      ExternalKeyStoreProxy.Connectivity(input.xksProxyConnectivity) ?? store.proxy.connectivity
    store.proxy.connectivity = connectivity
    let service = input.xksProxyVPCEndpointServiceName
    let owner = input.xksProxyVPCEndpointServiceOwner
    switch connectivity {
    case .publicEndpoint:
      try NewCustomKeyStore.checkVPC(connectivity, service: service, owner: owner)
      store.proxy.vpcEndpointServiceName = nil
      store.proxy.vpcEndpointServiceOwner = nil
    case .vpcEndpointService:
      let name = service ?? store.proxy.vpcEndpointServiceName
      try NewCustomKeyStore.checkVPC(connectivity, service: name, owner: owner)
      store.proxy.vpcEndpointServiceName = name
      store.proxy.vpcEndpointServiceOwner =
        owner.flatMap { AccountID($0) } ?? store.proxy.vpcEndpointServiceOwner ?? store.home.account
    }
  }
}
