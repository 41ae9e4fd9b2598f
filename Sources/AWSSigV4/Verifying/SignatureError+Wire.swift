// What the outside is told of a refused signature: error codes and texts that SDKs and people know from AWS.

extension SignatureError {
  /// The error code of AWS's JSON protocols. SDKs correct their clocks when they see `InvalidSignatureException`.
  public var code: String {
    switch self {
    case .missingAuthenticationToken:
      "MissingAuthenticationTokenException"
    case .presignedRequest, .incompleteHeader, .incompleteQuery, .malformedAuthorization, .repeatedPart,
      .unsupportedAlgorithm, .malformedCredential, .malformedDate, .malformedExpiry:
      "IncompleteSignatureException"
    case .wrongTerminator, .wrongService, .wrongRegion, .scopeDateMismatch, .expired, .notYetCurrent, .unsignedHeader,
      .disorderedSignedHeaders, .unsignedPayload, .payloadHashMismatch, .signatureMismatch:
      "InvalidSignatureException"
    case .unrecognizedClient:
      "UnrecognizedClientException"
    case .expiredToken:
      "ExpiredTokenException"
    }
  }

  /// The error text. It repeats nothing of the request but what the sender has to correct.
  public var message: String {
    switch self {
    case .missingAuthenticationToken: "Missing Authentication Token"
    case .presignedRequest: "Requests must be signed in the Authorization header, not in the query string."
    case .incompleteHeader(let missing): missing.sentences.joined(separator: " ")
    case .incompleteQuery(let missing):
      missing.map { "AWS query-string parameters must include '\($0)'." }.joined(separator: " ")
    case .malformedAuthorization(let hash):
      "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '\(hash)'."
    case .repeatedPart(let name): "'\(name)' must be given only once."
    case .unsupportedAlgorithm: "The signature algorithm must be '\(AuthorizationHeader.algorithm)'."
    case .malformedCredential(let credential):
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '\(credential)'"
    case .malformedDate(let date):
      "Date must be in ISO-8601 'basic format'. Got '\(date)'. See http://en.wikipedia.org/wiki/ISO_8601"
    case .malformedExpiry(let expiry):
      "X-Amz-Expires must be a number of seconds from 1 to 604800, got '\(expiry)'"
    case .wrongTerminator: "Credential should be scoped with a valid terminator: '\(CredentialScope.terminator)'"
    case .wrongService(let expected): "Credential should be scoped to correct service: '\(expected)'."
    case .wrongRegion(let region): "Credential should be scoped to a valid Region, not '\(region)'."
    case .scopeDateMismatch:
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP"
    case .expired(let signedAt, let now, let allowance):
      "Signature expired: \(signedAt.timestamp) is now earlier than \(now.advanced(bySeconds: -allowance).timestamp) "
        + "(\(now.timestamp) - \(Self.duration(allowance)))"
    case .notYetCurrent(let signedAt, let now, let allowance):
      "Signature not yet current: \(signedAt.timestamp) is still later than "
        + "\(now.advanced(bySeconds: allowance).timestamp) (\(now.timestamp) + \(Self.duration(allowance)))"
    case .unsignedHeader(let name): "\(name) must be a 'SignedHeader' in the AWS Authorization."
    case .disorderedSignedHeaders: "SignedHeaders must be in lower case, sorted, and without repetition."
    case .unsignedPayload: "The request body must be signed: 'x-amz-content-sha256' must be the hash of the body."
    case .payloadHashMismatch: "The provided 'x-amz-content-sha256' header does not match what was computed."
    case .unrecognizedClient: "The security token included in the request is invalid."
    case .expiredToken: "The security token included in the request is expired"
    case .signatureMismatch:
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
        + "and signing method. Consult the service documentation for details."
    }
  }

  /// `5 min.`, or `90 sec.` when it is no whole number of minutes.
  private static func duration(_ seconds: Int64) -> String {
    seconds % 60 == 0 ? "\(seconds / 60) min." : "\(seconds) sec."
  }
}

extension MissingParts {
  fileprivate var sentences: [String] {
    var sentences: [String] = []
    if contains(.credential) { sentences.append("Authorization header requires 'Credential' parameter.") }
    if contains(.signature) { sentences.append("Authorization header requires 'Signature' parameter.") }
    if contains(.signedHeaders) { sentences.append("Authorization header requires 'SignedHeaders' parameter.") }
    if contains(.date) {
      sentences.append("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
    }
    return sentences
  }
}
