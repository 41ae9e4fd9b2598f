// Where a client's requests go, and how they are signed for that place.

/// The endpoint of a service as one configuration means it.
struct ServiceEndpoint: Equatable, Sendable {
  /// The address.
  let url: EndpointURL
  /// The Region in the credential scope, which the rules may say is another than the configured one.
  let signingRegion: String
  /// The service in the credential scope.
  let signingName: String
  /// Header fields that the rules want in every request.
  let headers: [String: [String]]
}
