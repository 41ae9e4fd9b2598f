// A request with the signature it carries: what the sender claims, before anything is believed.

/// A request whose signature was read. The steps from here are ``checked(service:now:servesRegion:)``, which needs no
/// secret, and then ``CheckedRequest/verified(with:)``, which needs the signing key of ``accessKeyID``.
public struct SignedRequest: Sendable {
  /// How far the clocks of client and server may be apart, in seconds: five minutes.
  public static let allowedClockSkew: Int64 = 300

  /// Where the signature stands. A service that takes no presigned requests throws
  /// ``SignatureError/presignedRequest`` when it sees ``SignatureForm/query``.
  public let form: SignatureForm
  /// The access key that claims to have signed.
  public let accessKeyID: String
  /// The scope of the signing key.
  public let scope: CredentialScope
  /// The time of the signature.
  public let time: SigningTime
  /// The session token, from `X-Amz-Security-Token` in the headers or the query.
  public let sessionToken: String?

  let request: SignableRequest
  let signedHeaders: SignedHeaderNames
  let signature: String
  /// The lifetime of a presigned request in seconds.
  let expiry: Int64?
  let normalizesPath: Bool

  /// Reads the signature of `request`.
  ///
  /// - Parameter normalizesPath: see ``RequestSigner/normalizesPath``.
  /// - Throws: ``SignatureError/missingAuthenticationToken`` when there is none, or the reason for which it is unreadable.
  public init(parsing request: SignableRequest, normalizesPath: Bool = true) throws(SignatureError) {
    if let value = try AuthorizationHeader.find(in: request.headers) {
      try self.init(request, authorization: value, normalizesPath: normalizesPath)
    } else if let query = try PresignedQuery(target: request.target) {
      self.init(request, query: query, normalizesPath: normalizesPath)
    } else {
      throw .missingAuthenticationToken
    }
  }

  private init(_ request: SignableRequest, authorization: String, normalizesPath: Bool) throws(SignatureError) {
    let headers = request.headers
    let amazonDate = headers.value(named: "x-amz-date")
    let date = amazonDate ?? headers.value(named: "date")
    let authorization = try AuthorizationHeader(parsing: authorization, alsoMissing: date == nil ? .date : [])
    let text = date ?? ""
    guard let time = SigningTime(timestamp: text) ?? (amazonDate == nil ? SigningTime(httpDate: text) : nil) else {
      throw .malformedDate(text)
    }
    form = .header
    accessKeyID = authorization.accessKeyID
    scope = authorization.scope
    self.time = time
    sessionToken = headers.value(named: "x-amz-security-token")
    self.request = request
    signedHeaders = SignedHeaderNames(list: authorization.signedHeaders)
    signature = authorization.signature
    expiry = nil
    self.normalizesPath = normalizesPath
  }

  private init(_ request: SignableRequest, query: PresignedQuery, normalizesPath: Bool) {
    form = .query
    accessKeyID = query.accessKeyID
    scope = query.scope
    time = query.time
    sessionToken = query.sessionToken
    self.request = request
    signedHeaders = SignedHeaderNames(list: query.signedHeaders)
    signature = query.signature
    expiry = query.expiry
    self.normalizesPath = normalizesPath
  }
}
