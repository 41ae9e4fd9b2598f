// Where a request's signature stands, for services that take it in one of the places only.

extension SignableRequest {
  /// Where the request carries a signature, whether or not it can be read; nil when it carries none.
  ///
  /// It is the place that ``SignedRequest`` reads: an `Authorization` field goes before the query.
  public var signatureForm: SignatureForm? {
    if headers.contains(named: "authorization") { return .header }
    return PresignedQuery.stands(in: target) ? .query : nil
  }
}
