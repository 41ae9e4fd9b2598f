// The client against our service in development mode.

import KMSClient
import Testing

@Suite("keywright --dev", .served(by: .developmentKeywright), .timeLimit(.minutes(1)))
struct DevelopmentServiceTests {
  @Test("every use of the client does what it should", arguments: Scenario.all)
  func scenario(_ scenario: Scenario) async throws {
    try await withClient { try await scenario.run($0) }
  }

  @Test("200 data keys at once over one client")
  func load() async throws {
    try await withClient { kms in
      let key = try await kms.makeKey()
      let ciphertexts = try await withThrowingTaskGroup(of: [UInt8].self) { group in
        for number in 0..<200 {
          group.addTask {
            let dataKey = try await kms.generateDataKey(
              keyID: key.keyID, size: .keySpec(.aes256), encryptionContext: ["number": String(number)])
            #expect(dataKey.plaintext?.count == 32)
            return dataKey.ciphertextBlob
          }
        }
        return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
      }
      #expect(ciphertexts.count == 200)
    }
  }

  @Test("calls whose tasks are cancelled end at once, whatever the service is doing")
  func cancellation() async throws {
    try await withClient { kms in
      let key = try await kms.makeKey()
      // More pairs than are made in the time that is allowed below.
      let calls = (0..<8).map { _ in
        Task {
          await #expect(throws: GenerateDataKeyPairError.self) {
            try await kms.generateDataKeyPair(keyID: key.keyID, keyPairSpec: .rsa4096)
          }
        }
      }
      // Long enough for the requests to be there, and much shorter than making a pair.
      try await Task.sleep(for: .milliseconds(50))
      let start = ContinuousClock.now
      for call in calls { call.cancel() }
      for call in calls {
        guard case .cancelled = await call.value else {
          Issue.record("a cancelled call ended otherwise")
          continue
        }
      }
      #expect(start.duration(to: .now) < .seconds(6))
      // The client is as good as before.
      #expect(try await kms.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256)).keyID == key.arn)
    }
  }

  @Test("after its shutdown a client fails, typed, and can be shut down again")
  func shutdown() async throws {
    let kms = KMSClient(configuration: try currentServer().configuration())
    _ = try await kms.generateRandom(numberOfBytes: 1)
    try await kms.shutdown()
    await expectRefusal(
      GenerateRandomError.self, { if case .transport(let error) = $0 { !error.mayHaveReachedServer } else { false } }
    ) {
      _ = try await kms.generateRandom(numberOfBytes: 1)
    }
    try await kms.shutdown()
  }
}
