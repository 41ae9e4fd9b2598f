// What a proxy is told about the request that stands behind its own.

/// The `requestMetadata` of the XKS proxy API.
public struct ProxyRequestMetadata: Hashable, Sendable {
  /// Who asks; nil when the service asks for itself.
  public let principalARN: String?
  /// The KMS key; nil where there is none yet.
  public let keyARN: String?
  /// The KMS operation, such as `Decrypt`.
  public let operation: String
  /// The id of the KMS request.
  public let requestID: String

  /// Puts the parts together.
  public init(principalARN: String? = nil, keyARN: String? = nil, operation: String, requestID: String) {
    self.principalARN = principalARN
    self.keyARN = keyARN
    self.operation = operation
    self.requestID = requestID
  }
}
