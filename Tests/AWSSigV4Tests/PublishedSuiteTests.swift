// The whole published suite, signing and verifying, in headers and in the query. No case is left out; the one that a
// KMS verifier has to refuse is named, with the reason.

import Foundation
import SecureMemory
import Testing

@testable import AWSSigV4

struct PublishedSuiteTests {
  /// Adds its session token after signing. In the header form the token is an `x-amz-…` header outside the signature,
  /// which AWS KMS refuses; in the query form it is a parameter that the canonical query would have to leave out.
  static let addsTokenAfterSigning = "post-sts-header-after"

  @Test(.enabled(if: SigningTestSuite.isPresent || SigningTestSuite.isRequired, "the suite is not there"))
  func isThere() throws {
    #expect(SigningTestSuite.names.count >= 38)
    #expect(SigningTestSuite.names.contains(Self.addsTokenAfterSigning))
  }

  @Test(.needsSigningTestSuite, arguments: SigningTestSuite.names)
  func signsInHeaders(name: String) throws {
    let example = try SigningTestSuite.load(name)
    let request = try example.request("request")
    let added = try example.signer.headers(signing: request, with: example.credentials, at: try example.time)

    let expected = try example.request("header-signed-request")
    #expect(request.headers + added == expected.headers)
    #expect(added.last?.value.hasSuffix("Signature=" + (try example.text("header-signature"))) == true)
  }

  @Test(.needsSigningTestSuite, arguments: SigningTestSuite.names)
  func signsInTheQuery(name: String) throws {
    let example = try SigningTestSuite.load(name)
    let request = try example.request("request")
    let target = try example.signer.target(
      presigning: request, with: example.credentials, at: try example.time,
      expiry: example.context.expiration_in_seconds)
    #expect(target == (try example.request("query-signed-request").target))
    #expect(target.hasSuffix("X-Amz-Signature=" + (try example.text("query-signature"))))
  }

  @Test(.needsSigningTestSuite, arguments: SigningTestSuite.names, ["header", "query"])
  func writesTheIntermediateTexts(name: String, form: String) throws {
    let example = try SigningTestSuite.load(name)
    var request = try example.request("\(form)-signed-request")
    if form == "query", name == Self.addsTokenAfterSigning {
      let token = try #require(request.target.range(of: #"&X-Amz-Security-Token=[^&]*"#, options: .regularExpression))
      request.target.removeSubrange(token)
    }
    let signed = try SignedRequest(parsing: request, normalizesPath: example.context.normalize)
    let canonical = try #require(
      CanonicalRequest(
        signed.request, signedHeaders: signed.signedHeaders, payloadHash: request.payloadHash,
        form: signed.form, normalizingPath: signed.normalizesPath))
    #expect(String(decoding: canonical.bytes, as: UTF8.self) == (try example.text("\(form)-canonical-request")))

    let stringToSign = StringToSign(canonical, at: signed.time, scope: signed.scope)
    #expect(String(decoding: stringToSign.bytes, as: UTF8.self) == (try example.text("\(form)-string-to-sign")))

    let key = SigningKey.derive(secret: example.credentials.secretAccessKey, scope: signed.scope)
    let signature = String(decoding: key.signature(of: stringToSign), as: UTF8.self)
    #expect(signature == (try example.text("\(form)-signature")))
  }

  @Test(.needsSigningTestSuite, arguments: SigningTestSuite.names, ["header", "query"])
  func verifies(name: String, form: String) throws {
    let example = try SigningTestSuite.load(name)
    let request = try example.request("\(form)-signed-request")
    let signed = try SignedRequest(parsing: request, normalizesPath: example.context.normalize)
    #expect(signed.form == (form == "query" ? .query : .header))
    #expect(signed.accessKeyID == example.context.credentials.access_key_id)
    #expect(signed.scope == (try example.scope))
    #expect(signed.time == (try example.time))
    #expect(signed.sessionToken == example.context.credentials.token)
    let key = SigningKey.derive(secret: example.credentials.secretAccessKey, scope: signed.scope)

    if name == Self.addsTokenAfterSigning {
      if form == "header" {
        try signed.checkSignature(with: key)
        #expect(throws: SignatureError.unsignedHeader("'x-amz-security-token'")) { try signed.checkSignedHeaders() }
      } else {
        #expect(throws: SignatureError.signatureMismatch) { try signed.checkSignature(with: key) }
      }
      return
    }
    let checked = try signed.checked(service: example.context.service, now: try example.time) {
      $0 == example.context.region
    }
    let verified = try checked.verified(with: key)
    #expect(verified.accessKeyID == example.context.credentials.access_key_id)
    #expect(verified.sessionToken == example.context.credentials.token)

    let otherSecret = SigningKey.derive(secret: SecretBytes("another".utf8), scope: signed.scope)
    #expect(throws: SignatureError.signatureMismatch) { try checked.verified(with: otherSecret) }
  }
}
