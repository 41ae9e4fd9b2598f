// Reading the Authorization header: what is accepted, and the exact answer to what is not.

import Testing

@testable import AWSSigV4

struct AuthorizationHeaderTests {
  static let credential = "Credential=AKIDEXAMPLE/20150830/us-east-1/kms/aws4_request"
  static let signedHeaders = "SignedHeaders=host;x-amz-date"
  static let signature = "Signature=0123abcd"

  @Test(arguments: [
    "AWS4-HMAC-SHA256 \(credential), \(signedHeaders), \(signature)",
    "AWS4-HMAC-SHA256 \(credential),\(signedHeaders),\(signature)",
    "AWS4-HMAC-SHA256 \(signature),\(credential), \(signedHeaders)",
    "AWS4-HMAC-SHA256 \(signedHeaders) ,\t\(signature) , \(credential)",
    "  AWS4-HMAC-SHA256   \(credential),   \(signedHeaders),  \(signature)  ",
    "AWS4-HMAC-SHA256 \(credential), Other=thing, \(signedHeaders), \(signature)",
    "AWS4-HMAC-SHA256 \(credential), \(signedHeaders), \(signature),",
  ])
  func reads(value: String) throws {
    let header = try AuthorizationHeader(parsing: value)
    #expect(header.accessKeyID == "AKIDEXAMPLE")
    #expect(header.scope == CredentialScope(date: "20150830", region: "us-east-1", service: "kms"))
    #expect(header.signedHeaders == "host;x-amz-date")
    #expect(header.signature == "0123abcd")
    #expect(try AuthorizationHeader(parsing: header.value) == header)
  }

  static let needsCredential = "Authorization header requires 'Credential' parameter."
  static let needsSignature = "Authorization header requires 'Signature' parameter."
  static let needsSignedHeaders = "Authorization header requires 'SignedHeaders' parameter."
  static let needsDate = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
  static let needsAlgorithm = "The signature algorithm must be 'AWS4-HMAC-SHA256'."

  /// The base64 hashes are those of `printf '%s' '<value>' | openssl dgst -sha256 -binary | base64`.
  static let unreadable: [(value: String, message: String)] = [
    ("", "\(needsCredential) \(needsSignature) \(needsSignedHeaders)"),
    ("AWS4-HMAC-SHA256", "\(needsCredential) \(needsSignature) \(needsSignedHeaders)"),
    ("AWS4-HMAC-SHA256 \(credential)", "\(needsSignature) \(needsSignedHeaders)"),
    ("AWS4-HMAC-SHA256 \(credential), \(signedHeaders)", needsSignature),
    ("AWS4-HMAC-SHA256 \(credential), \(signedHeaders), Signature=", needsSignature),
    ("AWS4-HMAC-SHA256 \(credential), \(signature)", needsSignedHeaders),
    ("AWS4-HMAC-SHA256 \(signedHeaders), \(signature)", needsCredential),
    ("AWS4-HMAC-SHA256 credential=x, \(signedHeaders), \(signature)", needsCredential),
    ("Bearer abc", needsAlgorithm),
    ("Basic dXNlcjpwYXNz", needsAlgorithm),
    ("aws4-hmac-sha256 \(credential), \(signedHeaders), \(signature)", needsAlgorithm),
    (
      "AWS4-ECDSA-P256-SHA256 Credential=AKID/20150830/kms/aws4_request, \(signedHeaders), \(signature)", needsAlgorithm
    ),
    (
      "AWS4-HMAC-SHA256 nonsense",
      "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with "
        + "Base64): '/GgzqArXSgHmeH9zKGL5W27LTpQAGGlulZHcz25KRcI='."
    ),
    (
      "AWS4-HMAC-SHA256 \(credential),, \(signedHeaders), \(signature)",
      "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with "
        + "Base64): 'G+pThFRyZ8ddEKEsX5BRNad2R0GzZ/72DShG/M1mzEc='."
    ),
    ("AWS4-HMAC-SHA256 \(credential), \(credential), \(signedHeaders)", "'Credential' must be given only once."),
    ("AWS4-HMAC-SHA256 \(signature), \(signature), \(signedHeaders)", "'Signature' must be given only once."),
    ("AWS4-HMAC-SHA256 \(signedHeaders), \(signedHeaders)", "'SignedHeaders' must be given only once."),
  ]

  @Test(arguments: unreadable)
  func refuses(value: String, message: String) {
    let error = #expect(throws: SignatureError.self) { try AuthorizationHeader(parsing: value) }
    #expect(error?.code == "IncompleteSignatureException")
    #expect(error?.message == message)
  }

  @Test(arguments: [
    "AKIDEXAMPLE", "AKIDEXAMPLE/20150830/us-east-1/kms", "AKIDEXAMPLE/20150830/us-east-1/kms/aws4_request/more",
    "/20150830/us-east-1/kms/aws4_request", "AKIDEXAMPLE//us-east-1/kms/aws4_request",
    "AKIDEXAMPLE/20150830//kms/aws4_request", "AKIDEXAMPLE/20150830/us-east-1//aws4_request",
    "AKIDEXAMPLE/20150830/us-east-1/kms/", "////", "AK ID/20150830/us-east-1/kms/aws4_request",
    "AKIDEXAMPLE/20150830/ü/kms/aws4_request",
  ])
  func refusesCredential(credential: String) {
    let value = "AWS4-HMAC-SHA256 Credential=\(credential), \(Self.signedHeaders), \(Self.signature)"
    let error = #expect(throws: SignatureError.malformedCredential(credential)) {
      try AuthorizationHeader(parsing: value)
    }
    #expect(error?.code == "IncompleteSignatureException")
    #expect(
      error?.message
        == "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '\(credential)'"
    )
  }

  @Test func isFoundAmongHeaders() throws {
    let value = "AWS4-HMAC-SHA256 \(Self.credential), \(Self.signedHeaders), \(Self.signature)"
    #expect(
      try AuthorizationHeader(in: [HeaderField(name: "AUTHORIZATION", value: value)]).accessKeyID == "AKIDEXAMPLE")
    #expect(throws: SignatureError.missingAuthenticationToken) { try AuthorizationHeader(in: []) }
    #expect(throws: SignatureError.repeatedPart("Authorization")) {
      try AuthorizationHeader(in: Array(repeating: HeaderField(name: "Authorization", value: value), count: 2))
    }
  }

  @Test func missingDateIsReportedWithTheRest() throws {
    let request = SignableRequest(
      method: "POST", target: "/",
      headers: [HeaderField(name: "Authorization", value: "AWS4-HMAC-SHA256 \(Self.credential)")], body: [])
    let error = #expect(throws: SignatureError.self) { try SignedRequest(parsing: request) }
    #expect(error?.message == "\(Self.needsSignature) \(Self.needsSignedHeaders) \(Self.needsDate)")
    let withoutDate = try KMSRequest.signed().removing("x-amz-date")
    #expect(throws: SignatureError.incompleteHeader(missing: .date)) { try SignedRequest(parsing: withoutDate) }
  }

  @Test func noSignatureAtAll() {
    let error = #expect(throws: SignatureError.self) { try SignedRequest(parsing: KMSRequest.unsigned) }
    #expect(error?.code == "MissingAuthenticationTokenException")
    #expect(error?.message == "Missing Authentication Token")
  }
}
