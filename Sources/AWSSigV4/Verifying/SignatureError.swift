// Every reason for which a request's signature is refused.

/// Why a request was not authenticated. ``code`` and ``message`` are what the caller of the API is told.
public enum SignatureError: Error, Sendable, Equatable {
  // Nothing to check.
  /// The request carries no signature at all.
  case missingAuthenticationToken
  /// The request is presigned, which this service does not accept. For callers that refuse ``SignatureForm/query``.
  case presignedRequest

  // Not readable.
  /// Parts of the `Authorization` header, or the date header, are missing.
  case incompleteHeader(missing: MissingParts)
  /// Parameters of a presigned request are missing, named as on the wire.
  case incompleteQuery(missing: [String])
  /// A piece of the `Authorization` header is not `key=value`. The header appears only as its hash (SHA-256, base64).
  case malformedAuthorization(headerHash: String)
  /// A part of the signature is given more than once.
  case repeatedPart(String)
  /// The signature is of another kind than `AWS4-HMAC-SHA256`.
  case unsupportedAlgorithm
  /// The credential does not consist of five parts.
  case malformedCredential(String)
  /// The time of the signature is not in a form that is known.
  case malformedDate(String)
  /// The lifetime of a presigned request is not a whole number of seconds from one to a week.
  case malformedExpiry(String)

  // Scope.
  /// The credential's scope does not end in `aws4_request`.
  case wrongTerminator
  /// The credential's scope names another service than `expected`.
  case wrongService(expected: String)
  /// The credential's scope names a Region that is not served here.
  case wrongRegion(String)
  /// The credential's scope and the time of the signature are of different days.
  case scopeDateMismatch

  // Time.
  /// The signature is older than `allowance` seconds.
  case expired(signedAt: SigningTime, now: SigningTime, allowance: Int64)
  /// The signature's time is more than `allowance` seconds ahead.
  case notYetCurrent(signedAt: SigningTime, now: SigningTime, allowance: Int64)

  // Coverage.
  /// A header that has to be signed is not; the name as it appears in the message.
  case unsignedHeader(String)
  /// The signed headers are not listed in lower case and in order.
  case disorderedSignedHeaders
  /// `x-amz-content-sha256` asks for a body that is not signed.
  case unsignedPayload
  /// `x-amz-content-sha256` is not the hash of the body.
  case payloadHashMismatch

  // Identity. For the caller, who knows the access keys.
  /// The access key does not exist, is inactive, or does not go with the session token.
  case unrecognizedClient
  /// The session token's time is over.
  case expiredToken

  /// The signature is not the one that the access key's secret gives for this request.
  case signatureMismatch
}

/// The parts that a signature in headers needs.
public struct MissingParts: OptionSet, Sendable, Hashable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `Credential=` in the `Authorization` header.
  public static let credential = MissingParts(rawValue: 1)
  /// `Signature=` in the `Authorization` header.
  public static let signature = MissingParts(rawValue: 2)
  /// `SignedHeaders=` in the `Authorization` header.
  public static let signedHeaders = MissingParts(rawValue: 4)
  /// `X-Amz-Date` or `Date`.
  public static let date = MissingParts(rawValue: 8)
}
