// What a client has to know of its service beside the operations, as the service's model says it.

/// The facts of a service that its requests are made with.
public struct ServiceDescription: Sendable {
  /// The service's name in AWS tools (`sdkId` of the model): `KMS`. Settings for one service are named after it:
  /// `AWS_ENDPOINT_URL_KMS`.
  public var id: String
  /// The name that spans and metrics call the service by, and its clients: `KMS`.
  public var name: String
  /// The service in the credential scope of a signature: `kms`.
  public var signingName: String
  /// The first label of the service's host names: `kms`.
  public var endpointPrefix: String
  /// The version of the protocol in the content type: `1.0` or `1.1`.
  public var protocolVersion: String
  /// Whether the service once spoke the Query protocol and still sends its error codes (`awsQueryCompatible`).
  public var isQueryCompatible: Bool
  /// The rules that give the endpoint of a Region; nil for the common form `prefix.region.amazonaws.com`.
  public var endpointRules: EndpointRuleSet?

  public init(
    id: String, name: String, signingName: String, endpointPrefix: String, protocolVersion: String = "1.1",
    isQueryCompatible: Bool = false, endpointRules: EndpointRuleSet? = nil
  ) {
    self.id = id
    self.name = name
    self.signingName = signingName
    self.endpointPrefix = endpointPrefix
    self.protocolVersion = protocolVersion
    self.isQueryCompatible = isQueryCompatible
    self.endpointRules = endpointRules
  }

  /// The content type of every request.
  public var contentType: String { "application/x-amz-json-\(protocolVersion)" }
}
