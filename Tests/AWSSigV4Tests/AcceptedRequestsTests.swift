// What may be different when a signed request arrives: one row for each thing.

import Testing

@testable import AWSSigV4

struct AcceptedRequestsTests {
  static let accepted: [SignatureRule] = [
    SignatureRule("as it was signed") { try KMSRequest.signed() },
    SignatureRule("five minutes late", now: 300) { try KMSRequest.signed() },
    SignatureRule("five minutes early", now: -300) { try KMSRequest.signed() },
    SignatureRule("names in capitals") {
      var request = try KMSRequest.signed()
      for index in request.headers.indices { request.headers[index].name = request.headers[index].name.uppercased() }
      return request
    },
    SignatureRule("fields in another order") {
      var request = try KMSRequest.signed()
      request.headers.reverse()
      return request
    },
    SignatureRule("a host with a port") { try KMSRequest.signed(KMSRequest.unsigned(host: "localhost:8270")) },
    SignatureRule("a host with its default port") { try KMSRequest.signed(KMSRequest.unsigned(host: "kms:443")) },
    SignatureRule("a host in capitals") { try KMSRequest.signed(KMSRequest.unsigned(host: "KMS.Example.COM")) },
    SignatureRule("a host that is an IPv6 address") { try KMSRequest.signed(KMSRequest.unsigned(host: "[::1]:8270")) },
    SignatureRule("a field signed once and sent in two") {
      try KMSRequest.signed(KMSRequest.unsigned(adding: [("X-Amz-List", "one,two")])).removing("x-amz-list")
        .adding("X-Amz-List", "one").adding("x-amz-list", " two ")
    },
    SignatureRule("a value signed in one line and sent in two") {
      try KMSRequest.signed(KMSRequest.unsigned(adding: [("X-Amz-Text", "one two")]))
        .changing("x-amz-text") { _ in "one\r\n \ttwo" }
    },
    SignatureRule("an empty value") { try KMSRequest.signed(KMSRequest.unsigned(adding: [("X-Amz-Text", "")])) },
    SignatureRule("an empty body") { try KMSRequest.signed(KMSRequest.unsigned.with(body: "")) },
    SignatureRule("a query, its parameters in another order") {
      try KMSRequest.signed(KMSRequest.unsigned(target: "/?b=2&a=%7E&a=1")).retargeted("/?a=1&b=2&a=~")
    },
    SignatureRule("fields that nobody signs, added on the way") {
      try KMSRequest.signed().adding("Via", "1.1 proxy").adding("X-Forwarded-For", "192.0.2.1")
        .adding("X-Amzn-Trace-Id", "Root=1")
    },
    SignatureRule("a session token in the header") { try KMSRequest.signed(with: KMSRequest.temporary) },
    SignatureRule("a presigned request") { try KMSRequest.presigned() },
    SignatureRule("a presigned request at its end", now: 60) { try KMSRequest.presigned() },
    SignatureRule("a session token in the query") { try KMSRequest.presigned(with: KMSRequest.temporary) },
  ]

  @Test(arguments: accepted)
  func verifies(_ rule: SignatureRule) throws {
    let proof = try rule.verify()
    #expect(proof.accessKeyID == "AKIDEXAMPLE" && proof.scope == KMSRequest.scope)
    // Nothing is remembered of a signature: it is as good the second time.
    #expect(try rule.verify() == proof)
  }

  @Test func theSessionTokenIsPartOfTheProof() throws {
    #expect(try KMSRequest.verify(KMSRequest.signed()).sessionToken == nil)
    for request in [
      try KMSRequest.signed(with: KMSRequest.temporary), try KMSRequest.presigned(with: KMSRequest.temporary),
    ] {
      #expect(try KMSRequest.verify(request).sessionToken == "a+b/c==")
    }
  }

  /// A token counts where the signature stands, and nowhere else.
  @Test func aTokenBesideASignatureInTheOtherPlaceIsNone() throws {
    let inQuery = KMSRequest.unsigned(target: "/?X-Amz-Security-Token=token")
    #expect(try KMSRequest.verify(KMSRequest.signed(inQuery)).sessionToken == nil)
  }
}
