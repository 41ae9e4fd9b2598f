// Failures on demand.

import KMSClientTesting
import Testing

@Suite struct InjectedFaultTests {
  /// What a client without retries makes of a fault.
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let fault: InjectedFault
    let isExpected: @Sendable (EncryptError) -> Bool
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "throttling", fault: .throttling) { if case .throttling = $0 { true } else { false } },
    Case(name: "access denied", fault: .accessDenied) { if case .accessDenied = $0 { true } else { false } },
    Case(name: "internal failure", fault: .internalFailure) {
      if case .internalFailure(let error) = $0 { error.statusCode == 500 } else { false }
    },
    Case(name: "service unavailable", fault: .serviceUnavailable) {
      if case .serviceUnavailable(let error) = $0 { error.statusCode == 503 } else { false }
    },
    Case(name: "modelled error", fault: .error(KMSInvalidStateException.self, message: "no")) {
      if case .kmsInvalidState(let error) = $0 { error.message == "no" && error.requestID != nil } else { false }
    },
    Case(name: "any code", fault: .error(code: "TeapotException", statusCode: 418)) {
      if case .unmodeled(code: "TeapotException", _, _) = $0 { true } else { false }
    },
    Case(name: "status of a proxy", fault: .status(502)) {
      if case .unmodeled(code: "502", _, _) = $0 { true } else { false }
    },
    Case(name: "transport", fault: .transport) {
      if case .transport(let error) = $0 { !error.mayHaveReachedServer } else { false }
    },
    Case(name: "timeout", fault: .timeout) {
      if case .timeout(let error) = $0 { error.mayHaveReachedServer } else { false }
    },
    Case(name: "lost reply", fault: .lostReply) {
      if case .transport(let error) = $0 { error.mayHaveReachedServer } else { false }
    },
  ]

  @Test("A fault is the error it says, once", arguments: cases)
  func becomesItsError(_ test: Case) async throws {
    let kms = try await TestKMS()
    let client = kms.client()
    let key = try await client.createKey().keyMetadata
    kms.failNext(test.fault)
    do {
      _ = try await client.encrypt(keyID: key.keyID, plaintext: SecretBytes("a".utf8))
      Issue.record("no error")
    } catch {
      #expect(test.isExpected(error), "\(error)")
    }
    _ = try await client.encrypt(keyID: key.keyID, plaintext: SecretBytes("a".utf8))
    try await kms.shutdown()
  }

  @Test("A fault for one operation leaves the others alone, and happens as often as asked")
  func oneOperation() async throws {
    let kms = try await TestKMS()
    let client = kms.client()
    kms.failNext(.throttling, times: 2, of: .createKey)
    _ = try await client.listKeys()
    for _ in 1...2 { await #expect(throws: CreateKeyError.self) { try await client.createKey() } }
    _ = try await client.createKey()
    kms.failNext(.throttling)
    kms.stopFailing()
    _ = try await client.createKey()
    try await kms.shutdown()
  }

  @Test("Faults happen in the order they were asked for, and a client with retries gets over them")
  func retries() async throws {
    let kms = try await TestKMS()
    let client = kms.client(retry: RetryConfiguration(maximumBackoff: .zero))
    kms.failNext(.transport)
    kms.failNext(.throttling)
    _ = try await client.createKey()
    #expect(kms.calls.map(\.statusCode) == [nil, 400, 200])
    try await kms.shutdown()
  }

  @Test("A lost reply is lost after the service has acted; other faults come before")
  func lostReply() async throws {
    let kms = try await TestKMS()
    let client = kms.client()
    for (fault, keys) in [(InjectedFault.timeout, 0), (.lostReply, 1)] {
      kms.failNext(fault)
      await #expect(throws: CreateKeyError.self) { try await client.createKey() }
      #expect(try await client.listKeys().keys.count == keys)
    }
    try await kms.shutdown()
  }
}
