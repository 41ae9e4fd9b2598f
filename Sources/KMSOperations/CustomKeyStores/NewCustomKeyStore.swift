// What CreateCustomKeyStore asks for, checked.

import KMSCrypto
import KMSDomain
import KMSModel

/// An external key store to be made.
struct NewCustomKeyStore {
  let name: String
  let connectivity: ExternalKeyStoreProxy.Connectivity
  let uriEndpoint: String
  let uriPath: String
  let vpcEndpointServiceName: String?
  let vpcEndpointServiceOwner: AccountID?
  let credential: XksProxyAuthenticationCredential

  /// Applies the rules that need no other store: which members go together, and what they may hold.
  init(_ input: CreateCustomKeyStoreInput) throws(Fault) {
    guard input.customKeyStoreType == .externalKeyStore else { throw try Self.cloudHSM(input) }
    guard input.cloudHSMClusterID == nil, input.trustAnchorCertificate == nil, input.keyStorePassword == nil else {
      throw .validation(
        "CloudHsmClusterId, TrustAnchorCertificate and KeyStorePassword are not valid for an external key store.")
    }
    guard let connectivity = ExternalKeyStoreProxy.Connectivity(input.xksProxyConnectivity),
      let uriEndpoint = input.xksProxyURIEndpoint, let uriPath = input.xksProxyURIPath,
      let credential = input.xksProxyAuthenticationCredential
    else {
      throw .validation(
        "XksProxyConnectivity, XksProxyUriEndpoint, XksProxyUriPath and XksProxyAuthenticationCredential are required for an external key store."
      )
    }
    try ProxyAddressRules.checkEndpoint(uriEndpoint)
    try ProxyAddressRules.checkPath(uriPath)
    try Self.checkVPC(
      connectivity, service: input.xksProxyVPCEndpointServiceName, owner: input.xksProxyVPCEndpointServiceOwner)
    name = input.customKeyStoreName
    self.connectivity = connectivity
    self.uriEndpoint = uriEndpoint
    self.uriPath = uriPath
    vpcEndpointServiceName = input.xksProxyVPCEndpointServiceName
    vpcEndpointServiceOwner = input.xksProxyVPCEndpointServiceOwner.flatMap { AccountID($0) }
    self.credential = credential
  }

  /// Refuses a VPC endpoint service where there is none, and its absence where there must be one.
  static func checkVPC(
    _ connectivity: ExternalKeyStoreProxy.Connectivity, service: String?, owner: String?
  ) throws(Fault) {
    switch connectivity {
    case .publicEndpoint:
      guard service == nil, owner == nil else {
        throw .validation(
          "XksProxyVpcEndpointServiceName and XksProxyVpcEndpointServiceOwner are valid only for VPC_ENDPOINT_SERVICE.")
      }
    case .vpcEndpointService:
      guard service != nil else {
        throw .validation("XksProxyVpcEndpointServiceName is required for VPC_ENDPOINT_SERVICE.")
      }
    }
  }

  /// Why there will be no CloudHSM key store: a member too many or too few, or in the end no cluster.
  private static func cloudHSM(_ input: CreateCustomKeyStoreInput) throws(Fault) -> Fault {
    guard input.xksProxyConnectivity == nil, input.xksProxyURIEndpoint == nil, input.xksProxyURIPath == nil,
      input.xksProxyVPCEndpointServiceName == nil, input.xksProxyVPCEndpointServiceOwner == nil,
      input.xksProxyAuthenticationCredential == nil
    else { throw .validation("Parameters of an external key store are not valid for a CloudHSM key store.") }
    guard let cluster = input.cloudHSMClusterID, input.trustAnchorCertificate != nil, input.keyStorePassword != nil
    else {
      throw .validation(
        "CloudHsmClusterId, TrustAnchorCertificate and KeyStorePassword are required for a CloudHSM key store.")
    }
    return .cloudHSMClusterNotFound(cluster)
  }

  /// The store, disconnected, with its credential sealed.
  func make(in home: AccountRegion, context: OperationContext) throws(Fault) -> CustomKeyStore {
    let id = Self.freshID()
    let accessKeyID = credential.accessKeyName
    let sealed = try context.seal(
      credential.rawSecretAccessKey, accessKeyID: accessKeyID, ofCustomKeyStore: id, in: home)
    let owner = connectivity == .vpcEndpointService ? vpcEndpointServiceOwner ?? home.account : nil
    return CustomKeyStore(
      id: id, home: home, name: name, creationDate: context.now(), connectionState: .disconnected,
      proxy: ExternalKeyStoreProxy(
        connectivity: connectivity, uriEndpoint: uriEndpoint, uriPath: uriPath,
        vpcEndpointServiceName: vpcEndpointServiceName, vpcEndpointServiceOwner: owner, accessKeyID: accessKeyID,
        wrappedSecretAccessKey: sealed))
  }

  /// `cks-` and 17 random hex digits.
  private static func freshID() -> String {
    "cks-" + LowercaseHex.text(RandomBytes.array(count: 9)).prefix(17)
  }
}

extension ExternalKeyStoreProxy.Connectivity {
  /// The connectivity that a request names; nil when it names none.
  init?(_ connectivity: XksProxyConnectivity?) {
    guard let connectivity else { return nil }
    self.init(rawValue: connectivity.rawValue)
  }
}
