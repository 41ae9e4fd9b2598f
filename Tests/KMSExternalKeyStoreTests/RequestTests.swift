// What goes out: the path, the body and a signature that a proxy can verify.

import AWSSigV4
import Foundation
import KMSOperations
import SecureMemory
import Testing

@testable import KMSExternalKeyStore

@Suite struct RequestTests {
  /// Sends each kind of call once.
  private static func requests() async throws -> [ProxyRequest] {
    let transport = ScriptedTransport { (request) throws(ProxyFailure) in
      let body =
        switch request.path.split(separator: "/").last {
        case "health": Examples.health
        case "metadata": #"{"keySpec": "AES_256", "keyUsage": ["ENCRYPT", "DECRYPT"], "keyStatus": "ENABLED"}"#
        case "encrypt": Examples.encryption()
        default: #"{"plaintext": "CAk="}"#
        }
      return ProxyResponse(status: 200, body: Array(body.utf8))
    }
    let client = Examples.client(transport)
    let proxy = try Examples.proxy()
    _ = try await client.health(of: proxy, ProxyRequestMetadata(operation: "CreateCustomKeyStore", requestID: "r"))
    _ = try await client.metadata(
      ofKey: "key-1", behind: proxy, ProxyRequestMetadata(principalARN: "p", operation: "CreateKey", requestID: "r"))
    let sealed = try await client.encrypt(
      Examples.plaintext, additionalData: Examples.additionalData, withKey: "key-1", behind: proxy, Examples.metadata)
    let opened = try await client.decrypt(
      sealed, additionalData: Examples.additionalData, withKey: "key-1", behind: proxy, Examples.metadata)
    #expect(opened == Examples.plaintext)
    return transport.requests
  }

  @Test func pathsAndBodies() async throws {
    let requests = try await Self.requests()
    #expect(
      requests.map(\.path) == [
        "/prefix/kms/xks/v1/health", "/prefix/kms/xks/v1/keys/key-1/metadata", "/prefix/kms/xks/v1/keys/key-1/encrypt",
        "/prefix/kms/xks/v1/keys/key-1/decrypt",
      ])
    let whole = #"""
      "requestMetadata":{"awsPrincipalArn":"arn:aws:iam::111122223333:user/alice",\#
      "kmsKeyArn":"arn:aws:kms:eu-central-1:111122223333:key/k","kmsOperation":"Encrypt","kmsRequestId":"request-1"}
      """#
    #expect(
      requests.map { String(decoding: $0.body, as: UTF8.self) } == [
        #"{"requestMetadata":{"kmsOperation":"CreateCustomKeyStore","kmsRequestId":"r"}}"#,
        #"{"requestMetadata":{"awsPrincipalArn":"p","kmsOperation":"CreateKey","kmsRequestId":"r"}}"#,
        #"{\#(whole),"plaintext":"CAk=","encryptionAlgorithm":"AES_GCM","additionalAuthenticatedData":"AQI=","#
          + #""ciphertextDataIntegrityValueAlgorithm":"SHA_256"}"#,
        #"{\#(whole),"ciphertext":"BQY=","encryptionAlgorithm":"AES_GCM","initializationVector":"BAQEBAQEBAQEBAQE","#
          + #""authenticationTag":"BwcHBwcHBwcHBwcHBwcHBw==","ciphertextMetadata":"Aw==","#
          + #""additionalAuthenticatedData":"AQI="}"#,
      ])
  }

  @Test func everySignatureIsTheProxys() async throws {
    for request in try await Self.requests() {
      let signable = SignableRequest(
        method: "POST", target: request.path, headers: request.headers, body: request.body)
      let signed = try SignedRequest(parsing: signable)
      #expect(signed.accessKeyID == "ABCDEFGHIJKLMNOPQRST")
      let key = SigningKey.derive(secret: SecretBytes(Examples.secret.utf8), scope: signed.scope)
      let now = SigningTime(secondsSinceEpoch: Int64(Examples.time.timeIntervalSince1970))
      let checked = try signed.checked(service: "kms-xks-proxy", now: now) { $0 == "eu-central-1" }
      _ = try checked.verified(with: key)

      let names = request.headers.map { $0.name.lowercased() }
      #expect(names.sorted() == ["authorization", "content-type", "host", "x-amz-date"])
      #expect(request.headers.first { $0.isNamed("host") }?.value == "proxy.example.com")
      #expect(request.host == "proxy.example.com")
      let authorization = try #require(request.headers.first { $0.isNamed("authorization") }?.value)
      #expect(authorization.contains("SignedHeaders=content-type;host;x-amz-date,"))
    }
  }

  @Test func anAlteredBodyIsNoticed() async throws {
    let request = try #require(try await Self.requests().first)
    let signable = SignableRequest(
      method: "POST", target: request.path, headers: request.headers, body: request.body + [0x20])
    let signed = try SignedRequest(parsing: signable)
    let key = SigningKey.derive(secret: SecretBytes(Examples.secret.utf8), scope: signed.scope)
    let now = SigningTime(secondsSinceEpoch: Int64(Examples.time.timeIntervalSince1970))
    let checked = try signed.checked(service: "kms-xks-proxy", now: now) { _ in true }
    #expect(throws: SignatureError.self) { try checked.verified(with: key) }
  }

  @Test func nothingIsSentInClear() async throws {
    let transport = ScriptedTransport(Examples.health)
    await #expect(throws: ProxyFailure.unreachable) {
      try await Examples.client(transport).health(
        of: try Examples.proxy(endpoint: "http://proxy.example.com"), Examples.metadata)
    }
    #expect(transport.requests.isEmpty)
  }
}
