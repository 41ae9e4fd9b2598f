// Dry runs as questions: what each reply answers, and that every operation with the parameter can be asked.

import ClientTestSupport
import Foundation
import KMSClient
import Testing

/// A question about one operation, asked of a client, and how it ended.
struct DryRunCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let ask: @Sendable (KMSClient) async -> String

  init<Operation: DryRunOperation>(_ question: DryRun<Operation>) {
    testDescription = Operation.name
    ask = { kms in
      do { return try await kms.can(question).description } catch { return "thrown: \(error)" }
    }
  }

  static let all = [
    DryRunCase(.createGrant(keyID: "k", granteePrincipal: "p", operations: [.decrypt])),
    DryRunCase(.decrypt(keyID: "k", dryRunModifiers: [.ignoreCiphertext])),
    DryRunCase(.deriveSharedSecret(keyID: "k", keyAgreementAlgorithm: .ecdh, publicKey: [1])),
    DryRunCase(.encrypt(keyID: "k", plaintext: SecretBytes([1]))),
    DryRunCase(.generateDataKey(keyID: "k", size: .keySpec(.aes256))),
    DryRunCase(.generateDataKeyPair(keyID: "k", keyPairSpec: .eccNISTP256)),
    DryRunCase(.generateDataKeyPairWithoutPlaintext(keyID: "k", keyPairSpec: .eccNISTP256)),
    DryRunCase(.generateDataKeyWithoutPlaintext(keyID: "k", size: .numberOfBytes(32))),
    DryRunCase(.generateMac(message: SecretBytes([1]), keyID: "k", macAlgorithm: .hmacSHA256)),
    DryRunCase(.reEncrypt(destinationKeyID: "k", ciphertextBlob: [1])),
    DryRunCase(.retireGrant(keyID: "k", grantID: "g")),
    DryRunCase(.revokeGrant(keyID: "k", grantID: "g")),
    DryRunCase(.sign(keyID: "k", message: SecretBytes([1]), signingAlgorithm: .ecdsaSHA256)),
    DryRunCase(.verify(keyID: "k", message: SecretBytes([1]), signature: [1], signingAlgorithm: .ecdsaSHA256)),
    DryRunCase(.verifyMac(message: SecretBytes([1]), keyID: "k", macAlgorithm: .hmacSHA256, mac: [1])),
  ]
}

@Suite("Dry runs")
struct DryRunTests {
  private func client(_ status: Int, _ code: String) -> KMSClient {
    makeClient(InMemoryTransport(status: status, body: #"{"__type":"\#(code)","message":"m"}"#))
  }

  @Test("each operation is asked with DryRun, and answered", arguments: DryRunCase.all)
  func operations(operation: DryRunCase) async throws {
    let transport = InMemoryTransport(status: 400, body: #"{"__type":"DryRunOperationException"}"#)
    #expect(await operation.ask(makeClient(transport)) == "allowed")
    let request = try #require(transport.requests.first)
    #expect(
      request.headers.contains {
        $0.name == "X-Amz-Target" && $0.value == "TrentService.\(operation.testDescription)"
      })
    #expect(String(decoding: request.body, as: UTF8.self).contains(#""DryRun":true"#))
    #expect(await operation.ask(client(400, "AccessDeniedException")).hasPrefix("denied: AccessDeniedException: m"))
    #expect(await operation.ask(client(400, "ThrottlingException")).hasPrefix("thrown: ThrottlingException: m"))
  }

  @Test(
    "what each error answers",
    arguments: [
      (400, "DryRunOperationException", "allowed"), (400, "AccessDeniedException", "denied"),
      (400, "NotFoundException", "denied"), (400, "DisabledException", "denied"),
      (400, "InvalidKeyUsageException", "denied"), (400, "InvalidGrantTokenException", "denied"),
      (400, "KMSInvalidStateException", "denied"), (400, "UnsupportedOperationException", "denied"),
      (400, "ValidationException", "denied"), (500, "KeyUnavailableException", "thrown"),
      (500, "DependencyTimeoutException", "thrown"), (500, "KMSInternalException", "thrown"),
      (400, "ThrottlingException", "thrown"), (400, "UnrecognizedClientException", "thrown"),
      (400, "InvalidSignatureException", "thrown"), (400, "IncompleteSignatureException", "thrown"),
      (400, "MissingAuthenticationTokenException", "thrown"), (400, "ExpiredTokenException", "thrown"),
      (400, "SerializationException", "thrown"), (400, "UnknownOperationException", "thrown"),
      (500, "InternalFailure", "thrown"), (503, "ServiceUnavailableException", "thrown"),
      (400, "BrandNewException", "thrown"), (403, "AccessDeni", "thrown"),
    ])
  func answers(status: Int, code: String, expected: String) async {
    let answer = await DryRunCase(.generateDataKeyPair(keyID: "k", keyPairSpec: .eccNISTP256)).ask(client(status, code))
    #expect(answer.hasPrefix(expected))
  }

  @Test("the reason is the operation's own error")
  func reason() async throws {
    let answer = try await client(400, "DisabledException").can(
      .generateDataKeyPair(keyID: "k", keyPairSpec: .eccNISTP256))
    guard case .denied(.disabled) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(!answer.isAllowed)
  }

  @Test("failures on this side answer nothing")
  func clientFailures() async {
    for failure: TransportFailure in [
      .connection(TransportError("x", mayHaveReachedServer: false)),
      .timeout(TimeoutError("x", mayHaveReachedServer: true)), .cancelled,
    ] {
      let kms = makeClient(InMemoryTransport { (_) throws(TransportFailure) in throw failure })
      #expect(await DryRunCase(.encrypt(keyID: "k", plaintext: SecretBytes([1]))).ask(kms).hasPrefix("thrown"))
    }
  }

  @Test("a service that makes the call is not taken for one that allows it")
  func performed() async throws {
    let kms = makeClient(
      InMemoryTransport(body: #"{"CiphertextBlob":"AQID","Plaintext":"aHVudGVyMg==","KeyId":"arn"}"#))
    let answer = try await kms.can(.generateDataKey(keyID: "k", size: .keySpec(.aes256)))
    guard case .performed = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(!answer.isAllowed && !"\(answer)".contains("hunter2"))
  }

  @Test("an input's own dryRun does not matter", arguments: [nil, false, true])
  func input(dryRun: Bool?) async throws {
    let transport = InMemoryTransport(status: 400, body: #"{"__type":"DryRunOperationException"}"#)
    let input = RevokeGrantInput(keyID: "k", grantID: "g", dryRun: dryRun)
    #expect(try await makeClient(transport).can(RevokeGrant.self, input).isAllowed)
    let body = String(decoding: try #require(transport.requests.first).body, as: UTF8.self)
    #expect(body == #"{"KeyId":"k","GrantId":"g","DryRun":true}"#)
  }
}
