// A proxy and the credential for it, in clear.

public import KMSDomain
public import SecureMemory

/// All that is needed to call an external key store's proxy.
public struct ProxyAccess: Sendable {
  /// The Region that calls, which the signature names.
  public let region: Region
  /// `https://` and the proxy's host name.
  public let uriEndpoint: String
  /// The path of the proxy's API, ending in `/kms/xks/v1`.
  public let uriPath: String
  /// The id of the credential that signs.
  public let accessKeyID: String
  /// The credential's secret.
  public let secretAccessKey: SecretBytes

  /// Puts the parts together.
  public init(
    region: Region, uriEndpoint: String, uriPath: String, accessKeyID: String, secretAccessKey: SecretBytes
  ) {
    self.region = region
    self.uriEndpoint = uriEndpoint
    self.uriPath = uriPath
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
  }
}
