// The transport against real sockets: what is on the wire, and every way in which an exchange can go wrong.

import AWSJSON
import AWSSigV4
import AsyncHTTPClient
import ClientTestSupport
import KMSClient
import SecureMemory
import Testing

@testable import AWSClient

@Suite("AsyncHTTPClient transport", .timeLimit(.minutes(15)))
struct AsyncHTTPClientTransportTests {
  private let ok = "HTTP/1.1 200 OK\r\nContent-Length: 13\r\nx-amzn-RequestId: r\r\n\r\n{\"Text\":\"ok\"}"

  /// Runs one call against a scripted server.
  private func call(
    _ action: ScriptedServer.Action, timeout: Duration = .seconds(600), maximumResponseBytes: Int = 1000
  ) async throws -> Result<Echo.Output, Echo.Failure> {
    var result: Result<Echo.Output, Echo.Failure>?
    try await ScriptedServer.run({ _ in action }) { server in
      let transport = AsyncHTTPClientTransport(maximumResponseBytes: maximumResponseBytes)
      result = await send(to: server.url, transport, timeout: timeout)
      try await transport.shutdown()
    }
    return try #require(result)
  }

  private func send(
    to url: String, _ transport: AsyncHTTPClientTransport, timeout: Duration = .seconds(600)
  ) async -> Result<Echo.Output, Echo.Failure> {
    let client = KMSClient(configuration: makeConfiguration(url, timeout: timeout), transport: transport)
    return await outcome { () throws(Echo.Failure) in
      try await client.send(Echo.self, Echo.Input(text: "hello", secret: SecretBytes("hi".utf8)))
    }
  }

  @Test("what is on the wire is what was signed")
  func wire() async throws {
    try await ScriptedServer.run({ [ok] _ in .reply(ok) }) { server in
      let transport = AsyncHTTPClientTransport()
      #expect(await send(to: server.url + "/base", transport) == .success(Echo.Output(text: "ok")))
      guard case .request(let text) = await server.events.first(where: { _ in true }) else {
        Issue.record("no request arrived")
        return
      }
      let parts = text.split(separator: "\r\n\r\n", maxSplits: 1)
      let lines = parts[0].split(separator: "\r\n")
      #expect(lines.first == "POST /base/ HTTP/1.1")
      #expect(parts.last == #"{"Text":"hello","Secret":"aGk="}"#)
      let headers = lines.dropFirst().compactMap { line -> HeaderField? in
        let field = line.split(separator: ":", maxSplits: 1)
        return field.count == 2 ? HeaderField(name: String(field[0]), value: String(field[1].dropFirst())) : nil
      }
      #expect(headers.filter { $0.isNamed("host") }.map(\.value) == ["127.0.0.1:\(server.port)"])
      #expect(headers.filter { $0.isNamed("content-length") }.map(\.value) == ["32"])
      let body = Array((parts.last ?? "").utf8)
      let signed = try SignedRequest(
        parsing: SignableRequest(method: "POST", target: "/base/", headers: headers, body: body))
      let checked = try signed.checked(service: "kms", now: signed.time) { $0 == "us-east-1" }
      let secret = SecretBytes("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".utf8)
      _ = try checked.verified(with: SigningKey.derive(secret: secret, scope: signed.scope))
      try await transport.shutdown()
    }
  }

  @Test("one connection serves call after call, and many calls at a time succeed")
  func concurrency() async throws {
    try await ScriptedServer.run({ [ok] _ in .reply(ok) }) { server in
      let transport = AsyncHTTPClientTransport(maximumConnections: 4)
      await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<100 {
          group.addTask { await send(to: server.url, transport) == .success(Echo.Output(text: "ok")) }
        }
        for await succeeded in group { #expect(succeeded) }
      }
      try await transport.shutdown()
    }
  }

  @Test("a chunked reply")
  func chunked() async throws {
    let reply = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"Tex\r\n8\r\nt\":\"ok\"}\r\n0\r\n\r\n"
    #expect(try await call(.reply(reply)) == .success(Echo.Output(text: "ok")))
  }

  @Test(
    "a server that never finishes its answer",
    arguments: [
      "", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n",
      "HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"Text\":", "HTTP/1.1 100 Continue\r\n\r\n",
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"Tex\r\n",
    ])
  func timeout(beginning: String) async throws {
    let result = try await call(beginning.isEmpty ? .silence : .reply(beginning), timeout: .milliseconds(200))
    guard case .failure(.client(.timeout(let error))) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(error.mayHaveReachedServer)
    #expect(error.description == "no complete reply within 0.2 seconds")
  }

  @Test("cancelling a call closes its connection")
  func cancellation() async throws {
    try await ScriptedServer.run({ _ in .silence }) { server in
      let transport = AsyncHTTPClientTransport()
      let task = Task { await send(to: server.url, transport) }
      var events = server.events.makeAsyncIterator()
      guard case .request = await events.next() else {
        Issue.record("no request arrived")
        return
      }
      task.cancel()
      #expect(await task.value == .failure(.client(.cancelled)))
      #expect(await events.next() == .closed)
      try await transport.shutdown()
    }
  }

  @Test("a call in a task that is cancelled already sends nothing")
  func cancelledBefore() async throws {
    try await ScriptedServer.run({ [ok] _ in .reply(ok) }) { server in
      let transport = AsyncHTTPClientTransport()
      let task = Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return await send(to: server.url, transport)
      }
      #expect(await task.value == .failure(.client(.cancelled)))
      try await transport.shutdown()
    }
  }

  @Test(
    "answers that are not a reply",
    arguments: [
      ScriptedServer.Action.replyAndClose(""),
      .replyAndClose("HTTP/1.1 200 OK\r\n"),
      .replyAndClose("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"Text\":"),
      .replyAndClose("SSH-2.0-OpenSSH_9.2\r\n"),
      .reply("not HTTP at all\r\n\r\n"),
      .reply("HTTP/1.1 2x0 OK\r\n\r\n"),
      .reply("HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n"),
      .reply("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + String(repeating: " ", count: 2000)),
      .reply("HTTP/1.1 502 Bad\r\nContent-Length: 2000\r\n\r\n" + String(repeating: " ", count: 2000)),
    ])
  func notAReply(action: ScriptedServer.Action) async throws {
    let result = try await call(action)
    guard case .failure(.client(.transport(let error))) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(error.mayHaveReachedServer)
    #expect(!error.description.isEmpty)
  }

  @Test("a reply of exactly the largest size is taken")
  func largestReply() async throws {
    #expect(try await call(.reply(ok), maximumResponseBytes: 13) == .success(Echo.Output(text: "ok")))
    guard case .failure(.client(.transport)) = try await call(.reply(ok), maximumResponseBytes: 12) else {
      Issue.record("a larger reply was taken")
      return
    }
  }

  @Test("a redirect is not followed: the plaintext stays with the host it was meant for")
  func redirect() async throws {
    try await ScriptedServer.run({ [ok] _ in .reply(ok) }) { elsewhere in
      let moved = "HTTP/1.1 307 Moved\r\nLocation: \(elsewhere.url)/\r\nContent-Length: 0\r\n\r\n"
      guard case .failure(.service(let reply)) = try await call(.reply(moved)) else {
        Issue.record("the redirect was followed")
        return
      }
      #expect(reply.statusCode == 307 && reply.code == "307")
    }
  }

  @Test("nobody listening: an error at once, and certainly not delivered")
  func refused() async throws {
    var url = ""
    try await ScriptedServer.run({ _ in .silence }) { url = $0.url }
    // With time to spare, so that only a refusal taken for final ends the call before its timeout.
    let transport = AsyncHTTPClientTransport(connectTimeout: .seconds(3600))
    let result = await send(to: url, transport)
    try await transport.shutdown()
    guard case .failure(.client(.transport(let error))) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(!error.mayHaveReachedServer)
    #expect(error.description.contains("refused"))
  }

  @Test("a host that does not exist")
  func unknownHost() async throws {
    let transport = AsyncHTTPClientTransport()
    let result = await send(to: "http://keywright.invalid", transport)  // RFC 6761: never resolves
    try await transport.shutdown()
    guard case .failure(.client(.transport(let error))) = result else {
      Issue.record("\(result)")
      return
    }
    #expect(!error.mayHaveReachedServer)
  }

  @Test("TLS with a server that does not speak it")
  func notTLS() async throws {
    try await ScriptedServer.run({ _ in .silence }) { server in
      let transport = AsyncHTTPClientTransport(connectTimeout: .milliseconds(300))
      let result = await send(to: "https://127.0.0.1:\(server.port)", transport)
      try await transport.shutdown()
      switch result {
      case .failure(.client(.transport)), .failure(.client(.timeout)): break
      default: Issue.record("\(result)")
      }
    }
  }

  @Test("after shutdown every call fails with its type; shutting down again is fine")
  func shutdown() async throws {
    try await ScriptedServer.run({ [ok] _ in .reply(ok) }) { server in
      let client = KMSClient(configuration: makeConfiguration(server.url))
      #expect(try await client.send(Echo.self, Echo.Input()) == Echo.Output(text: "ok"))
      try await client.shutdown()
      try await client.shutdown()
      let result = await outcome { () throws(Echo.Failure) in try await client.send(Echo.self, Echo.Input()) }
      #expect(
        result
          == .failure(
            .client(
              .transport(
                TransportError("the client has been shut down", mayHaveReachedServer: false, isPermanent: true)))))
    }
  }

  @Test("shutting down ends the calls under way with the transport's error, not as if their callers had given up")
  func shutdownDuringCall() async throws {
    try await ScriptedServer.run({ _ in .silence }) { server in
      let client = KMSClient(configuration: makeConfiguration(server.url))
      async let result = outcome { () throws(Echo.Failure) in try await client.send(Echo.self, Echo.Input()) }
      _ = await server.events.first { _ in true }
      try await client.shutdown()
      guard case .failure(.client(.transport(let error))) = await result else {
        Issue.record("\(await result)")
        return
      }
      #expect(error.mayHaveReachedServer && error.isPermanent)
    }
  }

  @Test("the longest times there are stand for no limit")
  func noTimeLimit() async throws {
    try await ScriptedServer.run({ [ok] _ in .reply(ok) }) { server in
      var configuration = makeConfiguration(server.url, timeout: .seconds(Int64.max))
      configuration.timeouts.call = .seconds(Int64.max)
      configuration.timeouts.connect = .seconds(Int64.max)
      configuration.credentials = SlowCredentialsProvider()
      let client = KMSClient(configuration: configuration)
      #expect(try await client.send(Echo.self, Echo.Input()) == Echo.Output(text: "ok"))
      try await client.shutdown()
      let transport = AsyncHTTPClientTransport()
      let request = TransportRequest(url: server.url, headers: [], body: [], timeout: .seconds(Int64.max))
      #expect(try await transport.send(request).statusCode == 200)
      try await transport.shutdown()
    }
  }

  @Test("a client takes replies up to the size that its configuration says, with a shared HTTP client, too")
  func configuredLargestReply() async throws {
    try await ScriptedServer.run({ [ok] _ in .reply(ok) }) { server in
      let shared = HTTPClient(configuration: .init(redirectConfiguration: .disallow))
      for httpClient in [nil, shared] {
        var configuration = makeConfiguration(server.url)
        configuration.httpClient = httpClient
        for (limit, isEnough) in [(13, true), (12, false)] {
          configuration.maximumResponseBytes = limit
          let client = KMSClient(configuration: configuration)
          let result = await outcome { () throws(Echo.Failure) in try await client.send(Echo.self, Echo.Input()) }
          #expect((result == .success(Echo.Output(text: "ok"))) == isEnough)
          try await client.shutdown()
        }
      }
      try await shared.shutdown()
    }
  }

  @Test("a client that nobody shut down is freed without a crash")
  func forgotten() async throws {
    try await ScriptedServer.run({ [ok] _ in .reply(ok) }) { server in
      let configuration = makeConfiguration(server.url)
      let output = try await KMSClient(configuration: configuration).send(Echo.self, Echo.Input())
      #expect(output == Echo.Output(text: "ok"))
      _ = KMSClient(configuration: configuration)
    }
  }

  @Test("a caller's own HTTP client is used and left running")
  func sharedClient() async throws {
    try await ScriptedServer.run({ [ok] _ in .reply(ok) }) { server in
      let shared = HTTPClient(configuration: .init(redirectConfiguration: .disallow))
      let transport = AsyncHTTPClientTransport(client: shared)
      #expect(await send(to: server.url, transport) == .success(Echo.Output(text: "ok")))
      try await transport.shutdown()
      #expect(await send(to: server.url, transport) == .success(Echo.Output(text: "ok")))
      try await shared.shutdown()
    }
  }
}

/// Credentials that are not at hand, so that a call waits for them beside its time limit.
private struct SlowCredentialsProvider: CredentialsProvider {
  func credentials() async throws(CredentialsError) -> Credentials {
    await Task.yield()
    return try await exampleCredentials.credentials()
  }
}
