// HTTPS with certificates made for the test.

import KMSService
import NIOSSL
import Testing

@testable import KMSServer

@Suite(.timeLimit(.minutes(1)))
struct TLSTests {
  let certificate: SelfSignedCertificate

  init() async throws { certificate = try await SelfSignedCertificate() }

  private func clientContext(
    protocols: [String] = ["http/1.1"], maximum: TLSVersion? = nil, minimum: TLSVersion = .tlsv12
  ) throws -> NIOSSLContext {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(certificate.files.certificatePath))
    configuration.applicationProtocols = protocols
    configuration.minimumTLSVersion = minimum
    configuration.maximumTLSVersion = maximum
    return try NIOSSLContext(configuration: configuration)
  }

  @Test(arguments: [TLSVersion.tlsv12, .tlsv13])
  func servesOverTLS(version: TLSVersion) async throws {
    try await withServer(tls: certificate.files) { server in
      let tls = try clientContext(maximum: version, minimum: version)
      let client = try await WireClient.connect(port: server.port, tls: tls)
      for number in 0..<5 {
        try await client.send(post("request \(number)"))
        let response = try #require(await client.response())
        #expect(response.text == "request \(number)")
        #expect(response.header("x-secure") == "true")
        #expect(response.header("x-remote") == "127.0.0.1")
      }
      let body = String(repeating: "large ", count: 150_000)
      try await client.send(post(body, headers: "Connection: close\r\n"))
      #expect(await client.response()?.text == body)
      #expect(await client.endsSilently())
    }
  }

  @Test(arguments: [["http/1.1"], ["h2", "http/1.1"], []])
  func negotiatesHTTP11(protocols: [String]) async throws {
    try await withServer(tls: certificate.files) { server in
      let client = try await WireClient.connect(port: server.port, tls: try clientContext(protocols: protocols))
      try await client.send(post("x"))
      #expect(await client.response()?.text == "x")
      let negotiated = client.negotiatedProtocol
      #expect(negotiated == (protocols.isEmpty ? nil : "http/1.1"))
    }
  }

  @Test func refusesOldVersions() async throws {
    try await withServer(tls: certificate.files) { server in
      let tls = try clientContext(maximum: .tlsv11, minimum: .tlsv1)
      let client = try await WireClient.connect(port: server.port, tls: tls)
      try? await client.send(post("x"))
      #expect(await client.response() == nil)
    }
  }

  @Test func closesOnPlainHTTP() async throws {
    try await withServer(tls: certificate.files) { server in
      let client = try await server.connect()
      try await client.send(post("x"))
      #expect(await client.response() == nil)
      // The server goes on.
      let other = try await WireClient.connect(port: server.port, tls: try clientContext())
      try await other.send(post("x"))
      #expect(await other.response()?.text == "x")
    }
  }

  @Test(arguments: ["", "\u{16}\u{3}\u{1}"])
  func boundsTheHandshake(beginning: String) async throws {
    try await withServer(tls: certificate.files) {
      $0.timeouts.handshake = .milliseconds(150)
    } _: { server in
      let client = try await server.connect()
      try await client.send(beginning)
      #expect(await client.endsSilently())
    }
  }

  @Test func answersRefusalsOverTLS() async throws {
    try await withServer(tls: certificate.files) { server in
      let client = try await WireClient.connect(port: server.port, tls: try clientContext())
      try await client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n")
      #expect(await client.response()?.status == 413)
      #expect(await client.endsSilently())
    }
  }

  @Test func timesOutASlowHeadOverTLS() async throws {
    try await withServer(tls: certificate.files) {
      $0.timeouts.head = .milliseconds(150)
    } _: { server in
      let silent = try await WireClient.connect(port: server.port, tls: try clientContext())
      #expect(await silent.endsSilently())
      let slow = try await WireClient.connect(port: server.port, tls: try clientContext())
      try await slow.send("POST / ")
      #expect(await slow.response()?.status == 408)
    }
  }

  /// A connection that must be cut is not kept by a peer that never says goodbye.
  @Test func cutsTLSConnectionsAfterTheGracePeriod() async throws {
    let entered = Signal()
    try await withServer(
      tls: certificate.files,
      respond: { _ in
        entered.send()
        try? await Task.sleep(for: .seconds(600))
        return ServiceResponse(status: 200, headers: [], body: [])
      }
    ) { running in
      let client = try await WireClient.connect(port: running.port, tls: try clientContext())
      try await client.send(post("x"))
      await entered.wait()
      let start = ContinuousClock.now
      await running.server.shutdown(gracePeriod: .milliseconds(50))
      #expect(ContinuousClock.now - start < .seconds(20))
      #expect(await client.endsSilently())
    }
  }

  @Test func saysWhatIsWrongWithTheFiles() async throws {
    let other = try await SelfSignedCertificate()
    let good = certificate.files
    let cases: [(TLSFiles, isCertificateFault: Bool)] = [
      (TLSFiles(certificatePath: "/nonexistent.pem", keyPath: good.keyPath), true),
      (TLSFiles(certificatePath: good.keyPath, keyPath: good.keyPath), true),
      (TLSFiles(certificatePath: good.certificatePath, keyPath: "/nonexistent.pem"), false),
      (TLSFiles(certificatePath: good.certificatePath, keyPath: good.certificatePath), false),
      (TLSFiles(certificatePath: good.certificatePath, keyPath: other.files.keyPath), false),
    ]
    for (files, isCertificateFault) in cases {
      let server = HTTPServer(configuration: .init(port: 0, tls: files), logger: .silent, respond: echo)
      let error = await #expect(throws: HTTPServerError.self) { _ = try await server.start() }
      switch error {
      case .unusableCertificate(files.certificatePath, _): #expect(isCertificateFault, "\(files)")
      case .unusableKey(files.keyPath, _): #expect(!isCertificateFault, "\(files)")
      default: Issue.record("\(String(describing: error)) for \(files)")
      }
      await server.shutdown(gracePeriod: .zero)
    }
  }
}
