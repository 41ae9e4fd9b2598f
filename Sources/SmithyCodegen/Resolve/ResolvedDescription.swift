// What a client has to know of a service beside its operations.

/// The facts of a service that its requests are made with.
public struct ResolvedDescription: Equatable, Sendable {
  /// The service's name in AWS tools: `KMS`, `Secrets Manager`.
  public var id: String
  /// The service in the credential scope of a signature; nil when the model does not say that requests are signed.
  public var signingName: String?
  /// The first label of the service's host names: `kms`.
  public var endpointPrefix: String
  /// The version of the protocol in the content type: `1.0` or `1.1`.
  public var protocolVersion: String
  /// Whether the service once spoke the Query protocol and still sends its error codes.
  public var isQueryCompatible: Bool
  /// The rules that give the endpoint of a Region, without their documentation.
  public var endpointRules: JSONNode?
}
