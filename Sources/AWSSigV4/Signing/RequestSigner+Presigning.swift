// The client's side: signing in the query.

extension RequestSigner {
  /// The target of a presigned request: `request`'s own target with the parameters of the signature after it.
  ///
  /// Whoever sends it must send the fields of `request` too. AWS KMS takes no presigned requests.
  ///
  /// - Parameter expiry: for how many seconds the request may be used, from 1 to 604 800.
  public func target(
    presigning request: SignableRequest, with credentials: Credentials, at time: SigningTime, expiry: Int
  ) throws(SigningError) -> String {
    guard PresignedParameter.validExpiry ~= expiry else { throw .expiryOutOfRange }
    var presigned = request
    presigned.headers = Self.signable(request.headers)
    let signedHeaders = SignedHeaderNames(names: presigned.headers.lazy.map(\.name))
    var target = PresignedTarget(request.target)
    target.append(.algorithm, AuthorizationHeader.algorithm)
    target.append(.credential, "\(credentials.accessKeyID)/\(scope(at: time))")
    target.append(.date, time.timestamp)
    target.append(.signedHeaders, signedHeaders.list)
    target.append(.expires, String(expiry))
    if signsSessionToken, let token = credentials.sessionToken { target.append(.securityToken, token) }

    presigned.target = target.text
    let signature = try signature(
      of: presigned, signedHeaders: signedHeaders, payloadHash: request.payloadHash, form: .query,
      with: credentials, at: time)
    if !signsSessionToken, let token = credentials.sessionToken { target.append(.securityToken, token) }
    target.append(.signature, signature)
    return target.text
  }
}

/// A request target that grows by parameters.
private struct PresignedTarget {
  private(set) var text: String

  init(_ text: String) { self.text = text }

  mutating func append(_ parameter: PresignedParameter, _ value: String) {
    // Only the first question mark begins the query; one at its end belongs to a value.
    switch text.utf8.firstIndex(of: UInt8(ascii: "?")) {
    case nil: text += "?"
    case let mark? where text.utf8.index(after: mark) == text.utf8.endIndex: break
    case _?: text += "&"
    }
    var encoded: [UInt8] = []
    encoded.append(percentEncoded: value.utf8)
    text += parameter.rawValue + "=" + String(decoding: encoded, as: UTF8.self)
  }
}
