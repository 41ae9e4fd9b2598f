// The client's side: signing in headers.

internal import Crypto

/// Signs requests to one service in one Region.
public struct RequestSigner: Sendable {
  /// The Region in the credential scope.
  public let region: String
  /// The service's signing name in the credential scope, for example `kms`.
  public let service: String

  /// Whether empty, `.` and `..` segments are taken out of the path before it is signed. All services but S3 want that.
  public var normalizesPath = true
  /// Whether the body's hash is sent, and signed, as `x-amz-content-sha256`. The signature covers the body either way.
  public var sendsPayloadHash = false
  /// Whether the session token is signed. A few services want it added afterwards; AWS KMS is not one of them.
  public var signsSessionToken = true

  private let keys: SigningKeyCache

  /// Makes a signer.
  ///
  /// - Parameter keys: keeps signing keys from one request to the next; signers may share one.
  public init(region: String, service: String, keys: SigningKeyCache = SigningKeyCache(capacity: 16)) {
    self.region = region
    self.service = service
    self.keys = keys
  }

  /// The fields that make `request` a signed one: `X-Amz-Security-Token` when there is a token, `X-Amz-Date`,
  /// `x-amz-content-sha256` when asked for, and `Authorization`. They replace fields of the same names.
  ///
  /// Every field of `request` is signed except those that proxies and HTTP libraries change on the way.
  public func headers(
    signing request: SignableRequest, with credentials: Credentials, at time: SigningTime
  ) throws(SigningError) -> [HeaderField] {
    let payloadHash = request.payloadHash
    var token: [HeaderField] = []
    if let value = credentials.sessionToken { token = [HeaderField(name: "X-Amz-Security-Token", value: value)] }
    var added = signsSessionToken ? token : []
    added.append(HeaderField(name: "X-Amz-Date", value: time.timestamp))
    if sendsPayloadHash {
      var digits: [UInt8] = []
      digits.append(hexadecimal: payloadHash)
      added.append(HeaderField(name: "x-amz-content-sha256", value: String(decoding: digits, as: UTF8.self)))
    }

    var complete = request
    complete.headers = Self.signable(request.headers) + added
    let signedHeaders = SignedHeaderNames(names: complete.headers.lazy.map(\.name))
    let signature = try signature(
      of: complete, signedHeaders: signedHeaders, payloadHash: payloadHash, form: .header, with: credentials, at: time)
    let authorization = AuthorizationHeader(
      accessKeyID: credentials.accessKeyID, scope: scope(at: time), signedHeaders: signedHeaders.list,
      signature: signature)
    added.append(HeaderField(name: "Authorization", value: authorization.value))
    return signsSessionToken ? added : token + added
  }

  func scope(at time: SigningTime) -> CredentialScope {
    CredentialScope(date: time.date, region: region, service: service)
  }

  /// The signature of a request that has all the fields and parameters it will be sent with.
  func signature(
    of request: SignableRequest, signedHeaders: SignedHeaderNames, payloadHash: SHA256.Digest, form: SignatureForm,
    with credentials: Credentials, at time: SigningTime
  ) throws(SigningError) -> String {
    guard signedHeaders.contains("host") || signedHeaders.contains(":authority"),
      let canonical = CanonicalRequest(
        request, signedHeaders: signedHeaders, payloadHash: payloadHash, form: form, normalizingPath: normalizesPath)
    else { throw .missingHost }
    let scope = scope(at: time)
    let key = keys.key(accessKeyID: credentials.accessKeyID, secret: credentials.secretAccessKey, scope: scope)
    return String(decoding: key.signature(of: StringToSign(canonical, at: time, scope: scope)), as: UTF8.self)
  }

  /// The fields of `headers` that a signature may cover, without those that an earlier signing has left.
  static func signable(_ headers: [HeaderField]) -> [HeaderField] {
    headers.filter { field in
      !unsignedNames.contains(where: field.isNamed) && !field.hasNamePrefix("proxy-")
    }
  }

  private static let unsignedNames = [
    // The signature's own fields, made anew.
    "authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256",
    // Fields that belong to a connection, or that are rewritten on the way.
    "connection", "expect", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "user-agent",
    "x-amzn-trace-id",
  ]
}
