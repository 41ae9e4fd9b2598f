// The checks that need no secret, in the order in which AWS KMS makes them.

extension SignedRequest {
  /// Checks scope, time and coverage, in this order.
  ///
  /// - Parameters:
  ///   - service: the signing name that the scope must have, for example `kms`.
  ///   - now: the server's time.
  ///   - servesRegion: whether requests for a Region are answered here.
  /// - Returns: the only value that can be verified.
  public consuming func checked(
    service: String, now: SigningTime, servesRegion: (String) -> Bool
  ) throws(SignatureError) -> CheckedRequest {
    try checkScope(service: service, servesRegion: servesRegion)
    try checkTime(now: now)
    try checkSignedHeaders()
    return CheckedRequest(self)
  }

  /// Checks the ending of the scope, its service, its Region and its day.
  public func checkScope(service: String, servesRegion: (String) -> Bool) throws(SignatureError) {
    guard scope.terminator == CredentialScope.terminator else { throw .wrongTerminator }
    guard scope.service == service else { throw .wrongService(expected: service) }
    guard servesRegion(scope.region) else { throw .wrongRegion(scope.region) }
    guard time.isOn(date: scope.date) else { throw .scopeDateMismatch }
  }

  /// Checks that the signature was made within ``allowedClockSkew`` of `now`, or, when the request is presigned, that it
  /// is valid yet and still.
  public func checkTime(now: SigningTime) throws(SignatureError) {
    let lifetime = expiry ?? Self.allowedClockSkew
    guard time >= now.advanced(bySeconds: -lifetime) else {
      throw .expired(signedAt: time, now: now, allowance: lifetime)
    }
    guard time <= now.advanced(bySeconds: Self.allowedClockSkew) else {
      throw .notYetCurrent(signedAt: time, now: now, allowance: Self.allowedClockSkew)
    }
  }

  /// Checks that the signature covers the host, the date and every `x-amz-…` header of the request, but for
  /// `x-amz-user-agent`, which SDKs may leave out and which nothing depends on.
  public func checkSignedHeaders() throws(SignatureError) {
    guard signedHeaders.isCanonical else { throw .disorderedSignedHeaders }
    guard signedHeaders.contains("host") || signedHeaders.contains(":authority") else {
      throw .unsignedHeader("'Host' or ':authority'")
    }
    if form == .header, !request.headers.contains(named: "x-amz-date"), !signedHeaders.contains("date") {
      throw .unsignedHeader("'Date'")
    }
    for field in request.headers where field.hasNamePrefix("x-amz-") && !signedHeaders.contains(field.name) {
      guard !field.isNamed("x-amz-user-agent") else { continue }
      throw .unsignedHeader("'\(field.name.lowercased())'")
    }
  }
}
