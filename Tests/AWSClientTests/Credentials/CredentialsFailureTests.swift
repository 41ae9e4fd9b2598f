// Credentials that cannot be had, or must not be put into a header.

import AWSJSON
import AWSSigV4
import ClientTestSupport
import KMSClient
import SecureMemory
import Testing

@testable import AWSClient

@Suite("Credentials failures")
struct CredentialsFailureTests {
  private struct FailingProvider: CredentialsProvider {
    func credentials() async throws(CredentialsError) -> Credentials { throw CredentialsError("none today") }
  }

  /// Fails as a provider does whose own request was cancelled.
  private struct WaitingProvider: CredentialsProvider {
    func credentials() async throws(CredentialsError) -> Credentials {
      do { try await Task.sleep(for: .seconds(60)) } catch { throw CredentialsError("interrupted") }
      throw CredentialsError("nobody cancelled this")
    }
  }

  @Test("a provider's error is the call's")
  func provider() async {
    let transport = InMemoryTransport()
    let client = makeClient(transport, credentials: FailingProvider())
    let result = await outcome { () throws(Echo.Failure) in try await client.send(Echo.self, Echo.Input()) }
    #expect(result == .failure(.client(.credentials(CredentialsError("none today")))))
    #expect(transport.requests.isEmpty)
  }

  @Test("cancelling while credentials are fetched")
  func cancelled() async {
    let client = makeClient(InMemoryTransport(), credentials: WaitingProvider())
    let task = Task {
      await outcome { () throws(Echo.Failure) in try await client.send(Echo.self, Echo.Input()) }
    }
    task.cancel()
    #expect(await task.value == .failure(.client(.cancelled)))
  }

  @Test(
    "what would break out of its header field is refused, and not repeated",
    arguments: [
      ("", "s", nil), ("AKID\r\nX-Evil: 1", "s", nil), ("AK ID", "s", nil), ("AKID/x", "s", nil), ("AKID,x", "s", nil),
      ("AKÏD", "s", nil), ("AKID", "", nil), ("AKID", "s", ""), ("AKID", "s", "t0k3n\r\nX-Evil: 1"),
      ("AKID", "s", "t0k3n\n"), ("AKID", "s", "t0k3n\u{0}"),
    ] as [(String, String, String?)])
  func unusable(accessKeyID: String, secret: String, token: String?) async {
    let transport = InMemoryTransport()
    let client = makeClient(
      transport, credentials: .static(accessKeyID: accessKeyID, secretAccessKey: secret, sessionToken: token))
    let result = await outcome { () throws(Echo.Failure) in try await client.send(Echo.self, Echo.Input()) }
    guard case .failure(.client(.credentials(let error))) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(!error.description.contains("t0k3n") && !error.description.contains("Evil"))
    #expect(transport.requests.isEmpty)
  }

  @Test("both kinds of static secret are the same")
  func staticForms() async throws {
    let text: StaticCredentialsProvider = .static(accessKeyID: "A", secretAccessKey: "s", sessionToken: "t")
    let bytes: StaticCredentialsProvider = .static(
      accessKeyID: "A", secretAccessKey: SecretBytes("s".utf8), sessionToken: "t")
    #expect(try await text.credentials() == bytes.credentials())
  }

  @Test("providers print no secret")
  func redaction() throws {
    let environment: DictionaryEnvironment = [
      "AWS_ACCESS_KEY_ID": "AKID", "AWS_SECRET_ACCESS_KEY": "hunter2hunter2", "AWS_SESSION_TOKEN": "t0k3n",
    ]
    let providers: [any CredentialsProvider] = [
      try EnvironmentCredentialsProvider(environment: environment),
      StaticCredentialsProvider.static(accessKeyID: "AKID", secretAccessKey: "hunter2hunter2", sessionToken: "t0k3n"),
    ]
    for provider in providers {
      var dumped = ""
      dump(provider, to: &dumped)
      for text in [dumped, "\(provider)", String(reflecting: provider)] {
        #expect(text.contains("AKID") && !text.contains("hunter2") && !text.contains("t0k3n"))
      }
    }
  }
}
