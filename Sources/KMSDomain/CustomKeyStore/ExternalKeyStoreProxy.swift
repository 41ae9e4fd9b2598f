// Where an external key store's proxy is, and how requests to it are signed.

/// The configuration of an external key store's proxy.
public struct ExternalKeyStoreProxy: Hashable, Sendable {
  /// How the proxy is reached, by its KMS name.
  public enum Connectivity: String, Hashable, Sendable, CaseIterable {
    case publicEndpoint = "PUBLIC_ENDPOINT"
    case vpcEndpointService = "VPC_ENDPOINT_SERVICE"
  }

  /// How the proxy is reached.
  public var connectivity: Connectivity
  /// `https://` and the proxy's host name.
  public var uriEndpoint: String
  /// The path of the proxy's API, ending in `/kms/xks/v1`.
  public var uriPath: String
  /// The VPC endpoint service of a proxy that is not reached publicly.
  public var vpcEndpointServiceName: String?
  /// The account that owns the VPC endpoint service.
  public var vpcEndpointServiceOwner: AccountID?
  /// The id of the credential that signs requests to the proxy.
  public var accessKeyID: String
  /// The credential's secret, encrypted and bound to the store and `accessKeyID`.
  public var wrappedSecretAccessKey: [UInt8]

  /// Puts a configuration together.
  public init(
    connectivity: Connectivity, uriEndpoint: String, uriPath: String, vpcEndpointServiceName: String? = nil,
    vpcEndpointServiceOwner: AccountID? = nil, accessKeyID: String, wrappedSecretAccessKey: [UInt8]
  ) {
    self.connectivity = connectivity
    self.uriEndpoint = uriEndpoint
    self.uriPath = uriPath
    self.vpcEndpointServiceName = vpcEndpointServiceName
    self.vpcEndpointServiceOwner = vpcEndpointServiceOwner
    self.accessKeyID = accessKeyID
    self.wrappedSecretAccessKey = wrappedSecretAccessKey
  }
}
