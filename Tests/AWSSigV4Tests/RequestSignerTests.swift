// The client's side: what is signed, what is not, and that a verifier agrees.

import SecureMemory
import Testing

@testable import AWSSigV4

struct RequestSignerTests {
  @Test func signsWhatCanBeSigned() throws {
    var request = KMSRequest.unsigned
    for name in [
      "Connection", "Expect", "Keep-Alive", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
      "X-Amzn-Trace-Id", "Content-Length",
    ] {
      request.headers.append(HeaderField(name: name, value: "1"))
    }
    let signed = try KMSRequest.signed(request)
    #expect(
      try AuthorizationHeader(in: signed.headers).signedHeaders
        == "content-length;content-type;host;x-amz-date;x-amz-target")
    try KMSRequest.verify(signed)
  }

  @Test func addsItsFieldsInOrder() throws {
    var signer = KMSRequest.signer
    signer.sendsPayloadHash = true
    let credentials = Credentials(
      accessKeyID: "ASIAEXAMPLE", secretAccessKey: KMSRequest.credentials.secretAccessKey, sessionToken: "a+b/c==")
    let added = try signer.headers(signing: KMSRequest.unsigned, with: credentials, at: KMSRequest.time)
    #expect(added.map(\.name) == ["X-Amz-Security-Token", "X-Amz-Date", "x-amz-content-sha256", "Authorization"])
    let verified = try KMSRequest.verify(
      try KMSRequest.signed(with: credentials, by: signer), knowing: "ASIAEXAMPLE")
    #expect(verified.accessKeyID == "ASIAEXAMPLE")
    #expect(verified.sessionToken == "a+b/c==")
    #expect(verified.scope == KMSRequest.scope)
    #expect(verified.time == KMSRequest.time)
  }

  @Test func signingAgainReplacesTheFirstSignature() throws {
    let once = try KMSRequest.signed()
    let later = KMSRequest.time.advanced(bySeconds: 60)
    let added = try KMSRequest.signer.headers(signing: once, with: KMSRequest.credentials, at: later)
    var again = KMSRequest.unsigned
    again.headers += added
    try KMSRequest.verify(again, now: later)
  }

  @Test func refusesWhatCannotBeSigned() throws {
    let request = KMSRequest.unsigned.removing("host")
    #expect(throws: SigningError.missingHost) { try KMSRequest.signed(request) }
    for expiry in [Int.min, -1, 0, 604_801, Int.max] {
      #expect(throws: SigningError.expiryOutOfRange) {
        try KMSRequest.signer.target(
          presigning: KMSRequest.unsigned, with: KMSRequest.credentials, at: KMSRequest.time, expiry: expiry)
      }
    }
  }

  /// libmongocrypt signs every header but Connection and writes no space after the colon (libmongocrypt kms_request.c).
  @Test func contentLengthAndHostAreTakenAsReceived() throws {
    var request = KMSRequest.unsigned
    request.headers[0].value = "localhost:8270"
    request.headers.append(HeaderField(name: "Content-Length", value: String(request.body.count)))
    let signed = try KMSRequest.signed(request)
    try KMSRequest.verify(signed)
    #expect(throws: SignatureError.signatureMismatch) {
      try KMSRequest.verify(signed.changing("host") { _ in "localhost" })
    }
  }
}

struct PresigningTests {
  @Test(arguments: ["/", "/?", "/?a=b", "/path?a=b&", "/??", "/?a=b?", "/?a?b?"])
  func addsToAnyTarget(target: String) throws {
    var request = KMSRequest.unsigned
    request.target = target
    let credentials = Credentials(
      accessKeyID: "ASIAEXAMPLE", secretAccessKey: KMSRequest.credentials.secretAccessKey, sessionToken: "a+b/c==")
    request.target = try KMSRequest.signer.target(
      presigning: request, with: credentials, at: KMSRequest.time, expiry: 604_800)
    let signed = try SignedRequest(parsing: request)
    #expect(signed.form == .query)
    #expect(signed.sessionToken == "a+b/c==")
    try KMSRequest.verify(request, knowing: "ASIAEXAMPLE")
  }

  @Test func theHeaderFormWinsOverTheQuery() throws {
    var request = KMSRequest.unsigned
    request.target = "/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=00"
    #expect(try SignedRequest(parsing: try KMSRequest.signed(request)).form == .header)
    try KMSRequest.verify(try KMSRequest.signed(request))
  }

  static let complete = [
    "X-Amz-Algorithm=AWS4-HMAC-SHA256", "X-Amz-Credential=AKID%2F20150830%2Fus-east-1%2Fkms%2Faws4_request",
    "X-Amz-Date=20150830T123600Z", "X-Amz-Expires=60", "X-Amz-SignedHeaders=host", "X-Amz-Signature=00",
  ]

  private func parse(_ parameters: [String]) throws(SignatureError) -> SignedRequest {
    try SignedRequest(
      parsing: SignableRequest(
        method: "GET", target: "/?" + parameters.joined(separator: "&"),
        headers: [HeaderField(name: "host", value: "h")], body: []))
  }

  @Test func readsACompleteQuery() throws {
    let signed = try parse(Self.complete.reversed())
    #expect(signed.accessKeyID == "AKID" && signed.scope == KMSRequest.scope && signed.sessionToken == nil)
  }

  @Test(arguments: complete)
  func namesWhatIsMissing(parameter: String) {
    let name = String(parameter.prefix { $0 != "=" })
    let error = #expect(throws: SignatureError.incompleteQuery(missing: [name])) {
      try parse(Self.complete.filter { $0 != parameter })
    }
    #expect(error?.code == "IncompleteSignatureException")
    #expect(error?.message == "AWS query-string parameters must include '\(name)'.")
  }

  @Test(arguments: [
    ("X-Amz-Algorithm", "AWS4-ECDSA-P256-SHA256", SignatureError.unsupportedAlgorithm),
    ("X-Amz-Credential", "AKID", .malformedCredential("AKID")),
    ("X-Amz-Date", "2015", .malformedDate("2015")),
    ("X-Amz-Expires", "0", .malformedExpiry("0")),
    ("X-Amz-Expires", "604801", .malformedExpiry("604801")),
    ("X-Amz-Expires", "-1", .malformedExpiry("-1")),
    ("X-Amz-Expires", "+60", .malformedExpiry("+60")),
    ("X-Amz-Expires", "", .malformedExpiry("")),
    ("X-Amz-Expires", "99999999999999999999", .malformedExpiry("99999999999999999999")),
    ("X-Amz-Expires", "1.5", .malformedExpiry("1.5")),
  ])
  func refuses(name: String, value: String, error: SignatureError) {
    let parameters = Self.complete.map { $0.hasPrefix(name + "=") ? "\(name)=\(value)" : $0 }
    #expect(throws: error) { try parse(parameters) }
    #expect(error.code == "IncompleteSignatureException")
  }

  @Test func refusesRepetition() {
    #expect(throws: SignatureError.repeatedPart("X-Amz-Date")) { try parse(Self.complete + ["X-Amz-Date=x"]) }
  }
}
