// What a proxy refuses, and what the log says of it.

import KMSOperations
import Testing

@testable import KMSExternalKeyStore

@Suite struct RefusalTests {
  private static func health(_ body: String, log: LogLines) async throws {
    _ = try await Examples.client(ScriptedTransport(status: 400, body), logger: log.logger).health(
      of: try Examples.proxy(), Examples.metadata)
  }

  @Test(arguments: ProxyFailure.Refusal.allCases) func everyErrorName(_ refusal: ProxyFailure.Refusal) async throws {
    let log = LogLines()
    await #expect(throws: ProxyFailure.refused(refusal)) {
      try await Self.health(#"{"errorName": "\#(refusal.rawValue)", "errorMessage": "some words"}"#, log: log)
    }
    let line = try #require(log.all.first)
    #expect(log.all.count == 1)
    #expect(line.contains(#"error-message="some words""#) && line.contains("request-id=request-1"))
    #expect(line.contains("https://Proxy.example.com/prefix/kms/xks/v1/health"))
  }

  @Test(arguments: [
    "", "{}", #"{"errorName": null}"#, #"{"errorName": "NoSuchException"}"#, #"{"errorName": "validationException"}"#,
    #"{"errorMessage": "x"}"#, #"{"errorName": "ValidationException"} more"#, "<html></html>",
  ])
  func errorsThatMakeNoSense(_ body: String) async throws {
    let log = LogLines()
    await #expect(throws: ProxyFailure.malformedResponse) { try await Self.health(body, log: log) }
    #expect(log.all.count == 1)
  }

  @Test(arguments: ["line\\nfeed", "\\u001b[31m", "naïve", String(repeating: "x", count: 512)])
  func wordsThatDoNotBelongInALog(_ message: String) async throws {
    let log = LogLines()
    await #expect(throws: ProxyFailure.refused(.internalFailure)) {
      try await Self.health(#"{"errorName": "InternalException", "errorMessage": "\#(message)"}"#, log: log)
    }
    #expect(log.all.first?.contains(#"error-message="(not printable)""#) == true)
  }

  @Test(arguments: [ProxyFailure.unreachable, .timeout, .tls, .malformedResponse])
  func failuresOfTheTransport(_ failure: ProxyFailure) async throws {
    let log = LogLines()
    let client = Examples.client(ScriptedTransport { (_) throws(ProxyFailure) in throw failure }, logger: log.logger)
    await #expect(throws: failure) { try await client.health(of: try Examples.proxy(), Examples.metadata) }
    #expect(log.all.first?.contains("failure=\(failure)") == true)
  }

  /// Words that look like fields stay words.
  @Test func wordsThatPoseAsFields() async throws {
    let log = LogLines()
    await #expect(throws: ProxyFailure.refused(.internalFailure)) {
      try await Self.health(
        #"{"errorName": "InternalException", "errorMessage": "x\" request-id=forged \\"}"#, log: log)
    }
    let line = try #require(log.all.first)
    #expect(line.contains(##"error-message="x\" request-id=forged \\" failure="##))
  }

  @Test func aProxyThatFailsAllTheTimeIsLoggedTenTimes() async throws {
    let log = LogLines()
    let client = Examples.client(ScriptedTransport(status: 400, ""), logger: log.logger)
    for _ in 0..<30 {
      await #expect(throws: ProxyFailure.malformedResponse) {
        try await client.health(of: try Examples.proxy(), Examples.metadata)
      }
    }
    #expect(log.all.count == 10)
    let other = try Examples.proxy(endpoint: "https://other.example.com")
    await #expect(throws: ProxyFailure.malformedResponse) { try await client.health(of: other, Examples.metadata) }
    #expect(log.all.count == 11)
  }

  @Test func theLogHoldsNoSecret() async throws {
    let log = LogLines()
    let client = Examples.client(ScriptedTransport("{}"), logger: log.logger)
    await #expect(throws: ProxyFailure.malformedResponse) {
      try await client.encrypt(
        Examples.plaintext, additionalData: Examples.additionalData, withKey: "k", behind: try Examples.proxy(),
        Examples.metadata)
    }
    #expect(!log.all.isEmpty)
    #expect(log.all.allSatisfy { !$0.contains(Examples.secret) && !$0.contains("Signature") && !$0.contains("CAk=") })
  }
}
