// What must not be different when a signed request arrives: one row for each thing, with the exact answer.

import Testing

@testable import AWSSigV4

struct RefusedRequestsTests {
  static let mismatch =
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key "
    + "and signing method. Consult the service documentation for details."
  static let needsAlgorithm = "The signature algorithm must be 'AWS4-HMAC-SHA256'."
  static let disorder = "SignedHeaders must be in lower case, sorted, and without repetition."

  typealias Row = (rule: SignatureRule, message: String)

  /// `IncompleteSignatureException`.
  static let unreadable: [Row] = [
    (
      SignatureRule("two signatures") {
        let request = try KMSRequest.signed()
        return request.adding("authorization", request.headers.value(named: "authorization") ?? "")
      }, "'Authorization' must be given only once."
    ),
    (SignatureRule("Signature Version 4A") { try KMSRequest.signed().altering("HMAC", "ECDSA-P256") }, needsAlgorithm),
    (
      SignatureRule("another scheme") { try KMSRequest.signed().changing("authorization") { _ in "Bearer a" } },
      needsAlgorithm
    ),
    (
      SignatureRule("no credential") { try KMSRequest.signed().altering("Credential=", "Other=") },
      "Authorization header requires 'Credential' parameter."
    ),
    (
      SignatureRule("no list of headers") { try KMSRequest.signed().altering("SignedHeaders=", "Other=") },
      "Authorization header requires 'SignedHeaders' parameter."
    ),
    (
      SignatureRule("an empty list of headers") {
        try KMSRequest.signed().altering("content-type;host;x-amz-date;x-amz-target", "")
      }, "Authorization header requires 'SignedHeaders' parameter."
    ),
    (
      SignatureRule("no signature") { try KMSRequest.signed().altering("Signature=", "Other=") },
      "Authorization header requires 'Signature' parameter."
    ),
    (
      SignatureRule("no date") { try KMSRequest.signed().removing("x-amz-date") },
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
    ),
    (
      SignatureRule("a credential of four parts") { try KMSRequest.signed().altering("/aws4_request", "") },
      "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, "
        + "got 'AKIDEXAMPLE/20150830/us-east-1/kms'"
    ),
    (
      SignatureRule("two dates") { try KMSRequest.signed().adding("x-amz-date", "20150830T123600Z") },
      "Date must be in ISO-8601 'basic format'. Got '20150830T123600Z,20150830T123600Z'. "
        + "See http://en.wikipedia.org/wiki/ISO_8601"
    ),
    (
      SignatureRule("a date in the query, which is another form's") {
        try KMSRequest.signed().removing("x-amz-date").retargeted("/?X-Amz-Date=20150830T123600Z")
      }, "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
    ),
    (
      SignatureRule("a presigned request for more than a week") {
        try KMSRequest.presigned().altering("X-Amz-Expires=60", "X-Amz-Expires=604801")
      }, "X-Amz-Expires must be a number of seconds from 1 to 604800, got '604801'"
    ),
    (
      SignatureRule("a presigned request with two signatures") {
        let request = try KMSRequest.presigned()
        return request.retargeted(request.target + "&X-Amz-Signature=00")
      }, "'X-Amz-Signature' must be given only once."
    ),
    (
      SignatureRule("a presigned request of Signature Version 4A") {
        try KMSRequest.presigned().altering("HMAC", "ECDSA-P256")
      }, needsAlgorithm
    ),
    (
      SignatureRule("a presigned request without its expiry") {
        try KMSRequest.presigned().altering("X-Amz-Expires=60", "a=b")
      }, "AWS query-string parameters must include 'X-Amz-Expires'."
    ),
  ]

  /// `InvalidSignatureException`.
  static let invalid: [Row] = [
    (
      SignatureRule("another ending of the scope") { try KMSRequest.signed().altering("aws4_request", "aws4") },
      "Credential should be scoped with a valid terminator: 'aws4_request'"
    ),
    (
      SignatureRule("another service") { try KMSRequest.signed().altering("/kms/", "/sts/") },
      "Credential should be scoped to correct service: 'kms'."
    ),
    (
      SignatureRule("another Region") { try KMSRequest.signed().altering("us-east-1", "us-west-2") },
      "Credential should be scoped to a valid Region, not 'us-west-2'."
    ),
    (
      SignatureRule("another day") { try KMSRequest.signed().altering("/20150830/", "/20150831/") },
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP"
    ),
    (
      SignatureRule("too late", now: 301) { try KMSRequest.signed() },
      "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T124101Z - 5 min.)"
    ),
    (
      SignatureRule("too early", now: -301) { try KMSRequest.signed() },
      "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)"
    ),
    (
      SignatureRule("a host that is not signed") { try KMSRequest.signed().altering(";host", "") },
      "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
    ),
    (
      SignatureRule("a date that is not signed") { try KMSRequest.signed().altering(";x-amz-date", "") },
      "'x-amz-date' must be a 'SignedHeader' in the AWS Authorization."
    ),
    (
      SignatureRule("a target that is not signed") { try KMSRequest.signed().altering(";x-amz-target", "") },
      "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization."
    ),
    (
      SignatureRule("a session token added after signing") {
        try KMSRequest.signed().adding("X-Amz-Security-Token", "token")
      }, "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization."
    ),
    (
      SignatureRule("a body's hash added after signing") {
        try KMSRequest.signed().adding("X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD")
      }, "'x-amz-content-sha256' must be a 'SignedHeader' in the AWS Authorization."
    ),
    (
      SignatureRule("a session token added to a presigned request") {
        try KMSRequest.presigned().adding("X-Amz-Security-Token", "token")
      }, "'x-amz-security-token' must be a 'SignedHeader' in the AWS Authorization."
    ),
    (
      SignatureRule("names out of order") {
        try KMSRequest.signed().altering("content-type;host", "host;content-type")
      }, disorder
    ),
    (SignatureRule("a name in capitals") { try KMSRequest.signed().altering(";host", ";Host") }, disorder),
    (SignatureRule("a name twice") { try KMSRequest.signed().altering(";host", ";host;host") }, disorder),
    (SignatureRule("a signed field that is not there") { try KMSRequest.signed().removing("content-type") }, mismatch),
    (
      SignatureRule("a name of no field") {
        try KMSRequest.signed().altering("content-type;host", "content-type;date;host")
      },
      mismatch
    ),
    (
      SignatureRule("another session token") {
        try KMSRequest.signed(with: KMSRequest.temporary).changing("x-amz-security-token") { _ in "another" }
      }, mismatch
    ),
    (
      SignatureRule("no session token where one was signed") {
        try KMSRequest.signed(with: KMSRequest.temporary).removing("x-amz-security-token")
      }, mismatch
    ),
    (SignatureRule("another body") { try KMSRequest.signed().with(body: "{}") }, mismatch),
    (SignatureRule("no body") { try KMSRequest.signed().with(body: "") }, mismatch),
    (
      SignatureRule("a body where none was signed") {
        try KMSRequest.signed(KMSRequest.unsigned.with(body: "")).with(body: "{}")
      }, mismatch
    ),
    (
      SignatureRule("a body that the signature leaves out") {
        try KMSRequest.signed(by: hashing)
          .changing("x-amz-content-sha256") { _ in "UNSIGNED-PAYLOAD" }
      }, "The request body must be signed: 'x-amz-content-sha256' must be the hash of the body."
    ),
    (
      SignatureRule("a body of another hash") { try KMSRequest.signed(by: hashing).with(body: "{}") },
      "The provided 'x-amz-content-sha256' header does not match what was computed."
    ),
    (
      SignatureRule("a host without the port that was signed") {
        try KMSRequest.signed(KMSRequest.unsigned(host: "kms:443")).changing("host") { _ in "kms" }
      }, mismatch
    ),
    (
      SignatureRule("a host in small letters where capitals were signed") {
        try KMSRequest.signed(KMSRequest.unsigned(host: "KMS")).changing("host") { _ in "kms" }
      }, mismatch
    ),
    (
      SignatureRule("two fields in another order") {
        try KMSRequest.signed(KMSRequest.unsigned(adding: [("X-Amz-List", "one,two")])).removing("x-amz-list")
          .adding("X-Amz-List", "two").adding("X-Amz-List", "one")
      }, mismatch
    ),
    (
      SignatureRule("another method") {
        var request = try KMSRequest.signed()
        request.method = "PUT"
        return request
      }, mismatch
    ),
    (SignatureRule("a path") { try KMSRequest.signed().retargeted("/x") }, mismatch),
    (SignatureRule("a query where none was signed") { try KMSRequest.signed().retargeted("/?a=b") }, mismatch),
    (
      SignatureRule("no query where one was signed") {
        try KMSRequest.signed(KMSRequest.unsigned(target: "/?a=b")).retargeted("/")
      }, mismatch
    ),
    (
      SignatureRule("the signature in capitals") {
        try KMSRequest.signed().changing("authorization") { value in
          value.replacing(value.suffix(64), with: value.suffix(64).uppercased())
        }
      }, mismatch
    ),
    (
      SignatureRule("half a signature") {
        try KMSRequest.signed().changing("authorization") { String($0.dropLast(32)) }
      }, mismatch
    ),
    (SignatureRule("a longer signature") { try KMSRequest.signed().changing("authorization") { $0 + "00" } }, mismatch),
    (
      SignatureRule("a session token added to the query of a presigned request") {
        let request = try KMSRequest.presigned()
        return request.retargeted(request.target + "&X-Amz-Security-Token=token")
      }, mismatch
    ),
    (
      SignatureRule("a presigned request's longer life") {
        try KMSRequest.presigned().altering("X-Amz-Expires=60", "X-Amz-Expires=3600")
      }, mismatch
    ),
    (
      SignatureRule("a presigned request with a body that was not signed") {
        try KMSRequest.presigned().with(body: "{}")
      }, mismatch
    ),
    (
      SignatureRule("a presigned request after its end", now: 61) { try KMSRequest.presigned() },
      "Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z (20150830T123701Z - 1 min.)"
    ),
    (
      SignatureRule("a presigned request before its time", now: -301) { try KMSRequest.presigned() },
      "Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z (20150830T123059Z + 5 min.)"
    ),
    (
      SignatureRule("a presigned request of another day") {
        try KMSRequest.presigned().altering("%2F20150830%2F", "%2F20150831%2F")
      }, "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP"
    ),
  ]

  private static let hashing = {
    var signer = KMSRequest.signer
    signer.sendsPayloadHash = true
    return signer
  }()

  @Test(arguments: unreadable)
  func isUnreadable(_ rule: SignatureRule, message: String) throws {
    try expectRefusal(rule, "IncompleteSignatureException", message)
  }

  @Test(arguments: invalid)
  func isInvalid(_ rule: SignatureRule, message: String) throws {
    try expectRefusal(rule, "InvalidSignatureException", message)
  }

  @Test(arguments: [
    SignatureRule("no signature") { KMSRequest.unsigned },
    SignatureRule("a query that has nothing of a signature") { KMSRequest.unsigned(target: "/?X-Amz-Expires=60") },
  ])
  func isUnsigned(_ rule: SignatureRule) throws {
    try expectRefusal(rule, "MissingAuthenticationTokenException", "Missing Authentication Token")
  }

  private func expectRefusal(_ rule: SignatureRule, _ code: String, _ message: String) throws {
    let request = try rule.make()
    let error = #expect(throws: SignatureError.self) { try KMSRequest.verify(request, now: rule.now) }
    #expect(error?.code == code)
    #expect(error?.message == message)
  }
}
