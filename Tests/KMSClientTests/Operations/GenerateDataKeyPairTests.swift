// The main job through its generated method, seen as a user sees it: nothing but `import KMSClient`.

import ClientTestSupport
import KMSClient
import Testing

@Suite("GenerateDataKeyPair")
struct GenerateDataKeyPairTests {
  private static let reply = """
    {"KeyId":"arn:aws:kms:us-east-1:123456789012:key/1","KeyPairSpec":"ECC_NIST_P256","KeyMaterialId":"ab",\
    "PrivateKeyCiphertextBlob":"AQID","PrivateKeyPlaintext":"aHVudGVyMg==","PublicKey":"BAUG"}
    """

  /// What the design promises to compile: typed throws, no other import.
  private func pair(_ kms: KMSClient) async throws(GenerateDataKeyPairError) -> GenerateDataKeyPairOutput {
    try await kms.generateDataKeyPair(
      keyID: "alias/app", keyPairSpec: .eccNISTP256, encryptionContext: ["tenant": "blue"])
  }

  /// Names every case: it stops compiling when the operation gets an error this test does not know.
  private func name(of error: GenerateDataKeyPairError) -> String {
    switch error {
    case .notFound(let error): "notFound \(error.requestID ?? "")"
    case .disabled(let error): "disabled \(error.requestID ?? "")"
    case .keyUnavailable(let error): "keyUnavailable \(error.requestID ?? "")"
    case .dependencyTimeout(let error): "dependencyTimeout \(error.requestID ?? "")"
    case .invalidKeyUsage(let error): "invalidKeyUsage \(error.requestID ?? "")"
    case .invalidGrantToken(let error): "invalidGrantToken \(error.requestID ?? "")"
    case .kmsInternal(let error): "kmsInternal \(error.requestID ?? "")"
    case .kmsInvalidState(let error): "kmsInvalidState \(error.requestID ?? "")"
    case .unsupportedOperation(let error): "unsupportedOperation \(error.requestID ?? "")"
    case .dryRunOperation(let error): "dryRunOperation \(error.requestID ?? "")"
    case .accessDenied(let error): "accessDenied \(error.requestID ?? "")"
    case .throttling(let error): "throttling \(error.requestID ?? "")"
    case .validation(let error): "validation \(error.requestID ?? "")"
    case .unrecognizedClient(let error): "unrecognizedClient \(error.requestID ?? "")"
    case .invalidSignature(let error): "invalidSignature \(error.requestID ?? "")"
    case .incompleteSignature(let error): "incompleteSignature \(error.requestID ?? "")"
    case .missingAuthenticationToken(let error): "missingAuthenticationToken \(error.requestID ?? "")"
    case .expiredToken(let error): "expiredToken \(error.requestID ?? "")"
    case .serialization(let error): "serialization \(error.requestID ?? "")"
    case .unknownOperation(let error): "unknownOperation \(error.requestID ?? "")"
    case .internalFailure(let error): "internalFailure \(error.requestID ?? "")"
    case .serviceUnavailable(let error): "serviceUnavailable \(error.requestID ?? "")"
    case .transport(let error): "transport \(error.mayHaveReachedServer)"
    case .timeout(let error): "timeout \(error.mayHaveReachedServer)"
    case .decoding(let error): "decoding \(error.requestID ?? "")"
    case .credentials(let error): "credentials \(error)"
    case .cancelled: "cancelled"
    case .unmodeled(let code, let message, let requestID): "unmodeled \(code) \(message ?? "-") \(requestID ?? "")"
    }
  }

  @Test("the request")
  func request() async throws {
    let transport = InMemoryTransport(body: Self.reply)
    _ = try await pair(makeClient(transport))
    let request = try #require(transport.requests.first)
    #expect(request.headers.contains { $0.name == "X-Amz-Target" && $0.value == "TrentService.GenerateDataKeyPair" })
    #expect(
      String(decoding: request.body, as: UTF8.self)
        == #"{"EncryptionContext":{"tenant":"blue"},"KeyId":"alias/app","KeyPairSpec":"ECC_NIST_P256"}"#)
  }

  @Test("the output, and a spec from the future")
  func output() async throws {
    let output = try await pair(makeClient(InMemoryTransport(body: Self.reply)))
    #expect(output.keyID == "arn:aws:kms:us-east-1:123456789012:key/1")
    #expect(output.keyPairSpec == .eccNISTP256)
    #expect(output.publicKey == [4, 5, 6])
    #expect(output.privateKeyCiphertextBlob == [1, 2, 3])
    #expect(output.privateKeyPlaintext == SecretBytes("hunter2".utf8))
    let later = Self.reply.replacing("ECC_NIST_P256", with: "ECC_NEW")
    #expect(try await pair(makeClient(InMemoryTransport(body: later))).keyPairSpec == .unknown("ECC_NEW"))
  }

  @Test("printing an output shows no secret")
  func redaction() async throws {
    let output = try await pair(makeClient(InMemoryTransport(body: Self.reply)))
    var dumped = ""
    dump(output, to: &dumped)
    for text in [dumped, "\(output)", String(describing: output), String(reflecting: output)] {
      #expect(text.contains("<redacted>") && text.contains("key/1"))
      #expect(!text.contains("hunter2") && !text.contains("aHVudGVyMg") && !text.contains("104, 117, 110"))
    }
  }

  @Test(
    "each error code is its case, with the request id",
    arguments: [
      (400, "NotFoundException", "notFound"), (400, "DisabledException", "disabled"),
      (500, "KeyUnavailableException", "keyUnavailable"), (500, "DependencyTimeoutException", "dependencyTimeout"),
      (400, "InvalidKeyUsageException", "invalidKeyUsage"), (400, "InvalidGrantTokenException", "invalidGrantToken"),
      (500, "KMSInternalException", "kmsInternal"), (400, "KMSInvalidStateException", "kmsInvalidState"),
      (400, "UnsupportedOperationException", "unsupportedOperation"),
      (400, "DryRunOperationException", "dryRunOperation"),
      (400, "AccessDeniedException", "accessDenied"), (400, "ThrottlingException", "throttling"),
      (400, "ValidationException", "validation"), (400, "UnrecognizedClientException", "unrecognizedClient"),
      (400, "InvalidSignatureException", "invalidSignature"),
      (400, "IncompleteSignatureException", "incompleteSignature"),
      (400, "MissingAuthenticationTokenException", "missingAuthenticationToken"),
      (400, "ExpiredTokenException", "expiredToken"), (400, "SerializationException", "serialization"),
      (400, "UnknownOperationException", "unknownOperation"), (500, "InternalFailure", "internalFailure"),
      (503, "ServiceUnavailableException", "serviceUnavailable"),
    ])
  func errorCodes(status: Int, code: String, expected: String) async {
    for body in [#"{"__type":"\#(code)","message":"m"}"#, #"{"__type":"ns#\#(code)"}"#] {
      let client = makeClient(InMemoryTransport(status: status, body: body))
      guard case .failure(let error) = await outcome({ () throws(GenerateDataKeyPairError) in try await pair(client) })
      else {
        Issue.record("no error for \(code)")
        continue
      }
      #expect(name(of: error) == "\(expected) request-1")
      #expect(error.serviceError?.code == code)
    }
  }

  @Test(
    "any other reply is a case too",
    arguments: [
      (400, #"{"__type":"BrandNewException","message":"m"}"#, "unmodeled BrandNewException m request-1"),
      (
        400, #"{"__type":"MalformedPolicyDocumentException"}"#, "unmodeled MalformedPolicyDocumentException - request-1"
      ),
      (502, "<html>", "unmodeled 502 <html> request-1"), (502, "", "unmodeled 502 - request-1"),
      (403, #"{"__type":"AccessDeni"#, #"unmodeled 403 {"__type":"AccessDeni request-1"#),
      (200, "", "decoding request-1"), (200, "<html>", "decoding request-1"),
      (200, String(reply.dropLast()), "decoding request-1"),
      (200, #"{"KeyId":"k","KeyPairSpec":"RSA_2048","PublicKey":"BAUG"}"#, "decoding request-1"),
      (200, reply.replacing("aHVudGVyMg==", with: "not base64"), "decoding request-1"),
    ])
  func otherReplies(status: Int, body: String, expected: String) async {
    let client = makeClient(InMemoryTransport(status: status, body: body))
    guard case .failure(let error) = await outcome({ () throws(GenerateDataKeyPairError) in try await pair(client) })
    else {
      Issue.record("taken for an output")
      return
    }
    #expect(name(of: error) == expected)
    #expect(!"\(error)".contains("hunter2") && !"\(error)".contains("aHVudGVyMg"))
  }

  @Test("failures on this side have their cases")
  func clientFailures() async {
    let failures: [(TransportFailure, String)] = [
      (.connection(TransportError("x", mayHaveReachedServer: false)), "transport false"),
      (.timeout(TimeoutError("x", mayHaveReachedServer: true)), "timeout true"),
      (.cancelled, "cancelled"),
    ]
    for (thrown, expected) in failures {
      let client = makeClient(InMemoryTransport { (_) throws(TransportFailure) in throw thrown })
      guard case .failure(let error) = await outcome({ () throws(GenerateDataKeyPairError) in try await pair(client) })
      else {
        Issue.record("no error")
        continue
      }
      #expect(name(of: error) == expected)
      #expect(error.serviceError == nil)
    }
  }
}
