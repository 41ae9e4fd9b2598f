// Other shapes of operation through their generated methods: no output, secrets in the input, one-of inputs.

import ClientTestSupport
import Crypto
import KMSClient
import Testing

@Suite("Generated methods")
struct GeneratedMethodTests {
  private func sent(
    reply: String, _ call: (KMSClient) async throws -> Void
  ) async throws -> (target: String?, body: String) {
    let transport = InMemoryTransport(body: reply)
    try await call(makeClient(transport))
    let request = try #require(transport.requests.first)
    return (
      request.headers.first { $0.name == "X-Amz-Target" }?.value, String(decoding: request.body, as: UTF8.self)
    )
  }

  @Test("an operation without output takes an empty body and an empty object", arguments: ["", "{}"])
  func withoutOutput(reply: String) async throws {
    let request = try await sent(reply: reply) { kms in
      _ = try await kms.createAlias(aliasName: "alias/app", targetKeyID: "k")
    }
    #expect(request.target == "TrentService.CreateAlias")
    #expect(request.body == #"{"AliasName":"alias/app","TargetKeyId":"k"}"#)
  }

  @Test("an operation without output does not take a page for success")
  func withoutOutputFromAProxy() async {
    let kms = makeClient(InMemoryTransport(body: "<html>Sign in</html>"))
    await #expect(throws: CreateAliasError.self) {
      _ = try await kms.createAlias(aliasName: "alias/app", targetKeyID: "k")
    }
  }

  @Test("plaintext goes out as base64, and is redacted in the input")
  func plaintext() async throws {
    let input = EncryptInput(keyID: "k", plaintext: SecretBytes("hunter2".utf8))
    #expect("\(input)".contains("<redacted>") && !"\(input)".contains("hunter2"))
    let reply = #"{"CiphertextBlob":"AQID","KeyId":"k","EncryptionAlgorithm":"SYMMETRIC_DEFAULT"}"#
    let request = try await sent(reply: reply) { kms in
      let output = try await kms.encrypt(input)
      #expect(output.ciphertextBlob == [1, 2, 3])
    }
    #expect(request.body == #"{"KeyId":"k","Plaintext":"aHVudGVyMg=="}"#)
  }

  @Test("exactly one size of a data key")
  func oneOf() async throws {
    let reply = #"{"CiphertextBlob":"AQID","Plaintext":"AAEC","KeyId":"k"}"#
    let bySpec = try await sent(reply: reply) { kms in
      let output = try await kms.generateDataKey(keyID: "k", size: .keySpec(.aes256))
      #expect(try output.symmetricKey().bitCount == 24)
    }
    #expect(bySpec.body == #"{"KeyId":"k","KeySpec":"AES_256"}"#)
    let byCount = try await sent(reply: reply) { kms in
      _ = try await kms.generateDataKey(keyID: "k", size: .numberOfBytes(3))
    }
    #expect(byCount.body == #"{"KeyId":"k","NumberOfBytes":3}"#)
  }

  @Test("a call whose task is cancelled while it waits")
  func cancelled() async throws {
    try await ScriptedServer.run({ _ in .silence }) { server in
      let kms = KMSClient(configuration: makeConfiguration(server.url))
      let task = Task {
        await outcome { () throws(DecryptError) in try await kms.decrypt(ciphertextBlob: [1, 2, 3]) }
      }
      for await _ in server.events { break }
      task.cancel()
      guard case .failure(.cancelled) = await task.value else {
        Issue.record("not cancelled")
        return
      }
      try await kms.shutdown()
    }
  }
}
