// Where a request carries its signature.

/// The two places a signature can stand.
public enum SignatureForm: Sendable, Hashable {
  /// In the `Authorization` header.
  case header
  /// In the query: a presigned request.
  case query
}
