// The query parameters of a presigned request.

/// The parameters that carry a signature in the query, named as on the wire.
enum PresignedParameter: String, CaseIterable {
  case algorithm = "X-Amz-Algorithm"
  case credential = "X-Amz-Credential"
  case date = "X-Amz-Date"
  case expires = "X-Amz-Expires"
  case signedHeaders = "X-Amz-SignedHeaders"
  case signature = "X-Amz-Signature"
  case securityToken = "X-Amz-Security-Token"

  /// How long a presigned request may be valid, in seconds.
  static let validExpiry = 1...604_800

  /// The name's bytes, as ``QueryParameter`` has them.
  var name: [UInt8] { Array(rawValue.utf8) }
}
