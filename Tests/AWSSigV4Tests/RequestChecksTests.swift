// Scope, time, coverage and payload: the checks around the signature, with the exact texts.

import SecureMemory
import Testing

@testable import AWSSigV4

struct ScopeTests {
  private func check(_ scope: CredentialScope, at time: SigningTime = KMSRequest.time) throws -> SignatureError? {
    let header = AuthorizationHeader(
      accessKeyID: "AKIDEXAMPLE", scope: scope, signedHeaders: "host;x-amz-date", signature: "00")
    let request = SignableRequest(
      method: "POST", target: "/",
      headers: [
        HeaderField(name: "X-Amz-Date", value: time.timestamp), HeaderField(name: "Authorization", value: header.value),
      ], body: [])
    let signed = try SignedRequest(parsing: request)
    do {
      try signed.checkScope(service: "kms") { $0 == "us-east-1" }
      return nil
    } catch {
      return error
    }
  }

  static let wrong: [(scope: String, message: String)] = [
    ("20150830/us-east-1/kms/aws3_request", "Credential should be scoped with a valid terminator: 'aws4_request'"),
    ("20150830/us-east-1/s3/aws4_request", "Credential should be scoped to correct service: 'kms'."),
    ("20150830/us-east-1/KMS/aws4_request", "Credential should be scoped to correct service: 'kms'."),
    ("20150830/eu-west-1/kms/aws4_request", "Credential should be scoped to a valid Region, not 'eu-west-1'."),
    (
      "20150829/us-east-1/kms/aws4_request",
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP"
    ),
    // The first fault is the one that is told.
    ("20150829/eu-west-1/s3/aws3_request", "Credential should be scoped with a valid terminator: 'aws4_request'"),
    ("20150829/eu-west-1/s3/aws4_request", "Credential should be scoped to correct service: 'kms'."),
    ("20150829/eu-west-1/kms/aws4_request", "Credential should be scoped to a valid Region, not 'eu-west-1'."),
  ]

  @Test(arguments: wrong)
  func refuses(scope: String, message: String) throws {
    let error = try check(#require(CredentialScope(parsing: scope)))
    #expect(error?.code == "InvalidSignatureException")
    #expect(error?.message == message)
  }

  @Test func accepts() throws {
    #expect(try check(KMSRequest.scope) == nil)
    #expect(try check(KMSRequest.scope, at: SigningTime(secondsSinceEpoch: 1_440_892_800)) == nil)  // 00:00:00
    #expect(try check(KMSRequest.scope, at: SigningTime(secondsSinceEpoch: 1_440_979_199)) == nil)  // 23:59:59
    #expect(try check(KMSRequest.scope, at: SigningTime(secondsSinceEpoch: 1_440_979_200)) == .scopeDateMismatch)
  }

  @Test func textRoundTrip() throws {
    let text = "20150830/us-east-1/kms/aws4_request"
    #expect(CredentialScope(parsing: text)?.description == text)
    for broken in ["", "a/b/c", "a/b/c/d/e", "a//c/d", "/b/c/d", "a/b/c/", "a/b /c/d"] {
      #expect(CredentialScope(parsing: broken) == nil, "\(broken)")
    }
  }
}

struct ClockTests {
  @Test(arguments: [-300, -299, -1, 0, 1, 299, 300] as [Int64])
  func acceptsWithinFiveMinutes(offset: Int64) throws {
    try KMSRequest.verify(try KMSRequest.signed(), now: KMSRequest.time.advanced(bySeconds: offset))
  }

  @Test func refusesOlder() throws {
    let request = try KMSRequest.signed()
    let error = #expect(throws: SignatureError.self) {
      try KMSRequest.verify(request, now: KMSRequest.time.advanced(bySeconds: 301))
    }
    #expect(error?.code == "InvalidSignatureException")
    #expect(
      error?.message
        == "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)")
  }

  @Test func refusesNewer() throws {
    let request = try KMSRequest.signed()
    let error = #expect(throws: SignatureError.self) {
      try KMSRequest.verify(request, now: KMSRequest.time.advanced(bySeconds: -301))
    }
    #expect(error?.code == "InvalidSignatureException")
    #expect(
      error?.message
        == "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)"
    )
  }

  @Test func presignedRequestsLiveAsLongAsTheySay() throws {
    var request = KMSRequest.unsigned
    request.target = try KMSRequest.signer.target(
      presigning: request, with: KMSRequest.credentials, at: KMSRequest.time, expiry: 90)
    for offset in [-300, 0, 90] as [Int64] {
      try KMSRequest.verify(request, now: KMSRequest.time.advanced(bySeconds: offset))
    }
    let expired = #expect(throws: SignatureError.self) {
      try KMSRequest.verify(request, now: KMSRequest.time.advanced(bySeconds: 91))
    }
    #expect(
      expired?.message
        == "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T123731Z - 90 sec.)")
    #expect(
      throws: SignatureError.notYetCurrent(
        signedAt: KMSRequest.time, now: KMSRequest.time.advanced(bySeconds: -301), allowance: 300)
    ) {
      try KMSRequest.verify(request, now: KMSRequest.time.advanced(bySeconds: -301))
    }
  }

  @Test func acceptsTheDateHeaderInEitherForm() throws {
    for text in ["Sun, 30 Aug 2015 12:36:00 GMT", "Sun, 30 Aug 2015 12:36:00 -0000", "20150830T123600Z"] {
      var request = KMSRequest.unsigned
      request.headers.append(HeaderField(name: "Date", value: text))
      let signed = try signedWithDateHeader(request, list: "content-type;date;host;x-amz-target")
      try KMSRequest.verify(signed)
      let uncovered = try signedWithDateHeader(request, list: "content-type;host;x-amz-target")
      #expect(throws: SignatureError.unsignedHeader("'Date'")) { try KMSRequest.verify(uncovered) }
    }
  }

  private func signedWithDateHeader(_ request: SignableRequest, list: String) throws -> SignableRequest {
    let signature = try KMSRequest.signer.signature(
      of: request, signedHeaders: SignedHeaderNames(list: list), payloadHash: request.payloadHash, form: .header,
      with: KMSRequest.credentials, at: KMSRequest.time)
    let header = AuthorizationHeader(
      accessKeyID: "AKIDEXAMPLE", scope: KMSRequest.scope, signedHeaders: list, signature: signature)
    var signed = request
    signed.headers.append(HeaderField(name: "Authorization", value: header.value))
    return signed
  }

  @Test func xAmzDateWins() throws {
    var request = try KMSRequest.signed()
    request.headers.insert(HeaderField(name: "Date", value: "Mon, 31 Aug 2015 12:36:00 GMT"), at: 0)
    try KMSRequest.verify(request)
  }

  @Test(arguments: [
    "", "now", "2015-08-30T12:36:00Z", "Sun, 30 Aug 2015 12:36:00 GMT", "20150830T123600Z,20150830T123600Z",
  ])
  func refusesOtherForms(text: String) throws {
    let request = try KMSRequest.signed().changing("x-amz-date") { _ in text }
    let error = #expect(throws: SignatureError.malformedDate(text)) { try KMSRequest.verify(request) }
    #expect(error?.code == "IncompleteSignatureException")
    #expect(
      error?.message
        == "Date must be in ISO-8601 'basic format'. Got '\(text)'. See http://en.wikipedia.org/wiki/ISO_8601")
  }
}

struct CoverageTests {
  private func signed(_ list: String, adding headers: [HeaderField] = []) throws -> SignedRequest {
    var request = try KMSRequest.signed()
    request.headers += headers
    request = request.changing("authorization") { _ in
      AuthorizationHeader(accessKeyID: "A", scope: KMSRequest.scope, signedHeaders: list, signature: "00").value
    }
    return try SignedRequest(parsing: request)
  }

  @Test(arguments: [
    ("x-amz-date;x-amz-target", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."),
    ("host;x-amz-target", "'x-amz-date' must be a 'SignedHeader' in the AWS Authorization."),
    ("host;x-amz-date", "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization."),
  ])
  func refusesUnsigned(list: String, message: String) throws {
    let request = try signed(list)
    let error = #expect(throws: SignatureError.self) { try request.checkSignedHeaders() }
    #expect(error?.code == "InvalidSignatureException")
    #expect(error?.message == message)
  }

  @Test(arguments: ["X-Amz-Security-Token", "x-amz-anything", "X-AMZ-META"])
  func refusesUnsignedExtensions(name: String) throws {
    let request = try signed("host;x-amz-date;x-amz-target", adding: [HeaderField(name: name, value: "1")])
    #expect(throws: SignatureError.unsignedHeader("'\(name.lowercased())'")) { try request.checkSignedHeaders() }
  }

  @Test(arguments: [
    "x-amz-target;host;x-amz-date", "host;host;x-amz-date;x-amz-target", "Host;x-amz-date;x-amz-target",
    "host;;x-amz-date;x-amz-target", ";host;x-amz-date;x-amz-target", "host;x-amz-date;x-amz-target;",
  ])
  func refusesDisorder(list: String) throws {
    let request = try signed(list)
    let error = #expect(throws: SignatureError.disorderedSignedHeaders) { try request.checkSignedHeaders() }
    #expect(error?.code == "InvalidSignatureException")
  }

  @Test func traceHeadersNeedNoSignature() throws {
    let trace = HeaderField(name: "X-Amzn-Trace-Id", value: "Root=1")
    try signed("host;x-amz-date;x-amz-target", adding: [trace]).checkSignedHeaders()
    let agent = HeaderField(name: "X-Amz-User-Agent", value: "aws-sdk-js/3.0")
    try signed("host;x-amz-date;x-amz-target", adding: [agent]).checkSignedHeaders()
  }

  @Test(arguments: [("host", ":authority"), (":authority", "Host"), (":authority", "hOST")])
  func hostAndAuthorityAreOne(signedName: String, sentName: String) throws {
    var request = KMSRequest.unsigned
    request.headers[0] = HeaderField(name: signedName, value: "kms.us-east-1.amazonaws.com")
    var sent = try KMSRequest.signed(request)
    sent.headers[0].name = sentName
    try KMSRequest.verify(sent)
    sent.headers[0].value = "elsewhere"
    #expect(throws: SignatureError.signatureMismatch) { try KMSRequest.verify(sent) }
  }

  @Test func listedButAbsentHeaderIsAMismatch() throws {
    let request = try KMSRequest.signed().changing("authorization") {
      $0.replacing("content-type;host", with: "content-length;content-type;host")
    }
    #expect(throws: SignatureError.signatureMismatch) { try KMSRequest.verify(request) }
  }
}

struct PayloadHashTests {
  static let signer = {
    var signer = KMSRequest.signer
    signer.sendsPayloadHash = true
    return signer
  }()

  @Test func isCheckedAgainstTheBody() throws {
    var request = try KMSRequest.signed(by: Self.signer)
    #expect(request.headers.contains(named: "x-amz-content-sha256"))
    try KMSRequest.verify(request)
    request.body[0] ^= 1
    #expect(throws: SignatureError.payloadHashMismatch) { try KMSRequest.verify(request) }
  }

  @Test func unsignedPayloadIsRefused() throws {
    let request = try KMSRequest.signed(by: Self.signer).changing("x-amz-content-sha256") { _ in "UNSIGNED-PAYLOAD" }
    let error = #expect(throws: SignatureError.unsignedPayload) { try KMSRequest.verify(request) }
    #expect(error?.code == "InvalidSignatureException")
  }

  @Test func capitalsAndStreamingAreRefused() throws {
    let request = try KMSRequest.signed(by: Self.signer)
    for change in [{ $0.uppercased() }, { _ in "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" }, { _ in "" }]
      as [(String) -> String]
    {
      #expect(throws: SignatureError.payloadHashMismatch) {
        try KMSRequest.verify(request.changing("x-amz-content-sha256", change))
      }
    }
  }
}

struct CallerErrorTests {
  @Test(arguments: [
    (
      SignatureError.unrecognizedClient, "UnrecognizedClientException",
      "The security token included in the request is invalid."
    ),
    (.expiredToken, "ExpiredTokenException", "The security token included in the request is expired"),
    (
      .signatureMismatch, "InvalidSignatureException",
      "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."
    ),
    (
      .presignedRequest, "IncompleteSignatureException",
      "Requests must be signed in the Authorization header, not in the query string."
    ),
  ])
  func texts(error: SignatureError, code: String, message: String) {
    #expect(error.code == code)
    #expect(error.message == message)
  }
}
