// Whatever a server or the network does comes back as a case of the operation's error: the table of it.

import ClientTestSupport
import Foundation
import KMSClient
import Testing

@testable import AWSClient

@Suite("Faults", .timeLimit(.minutes(5)))
struct FaultTests {
  /// One way to misbehave, and the case it becomes.
  struct Fault: Sendable, CustomTestStringConvertible {
    var what: String
    var action: ScriptedServer.Action
    var becomes: String
    var testDescription: String { what }
  }

  private static func reply(_ status: String, _ body: String, type: String = "application/x-amz-json-1.1") -> String {
    "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
  }

  private static func error(_ code: String, status: String = "400 Bad Request") -> String {
    reply(status, #"{"__type":"\#(code)","message":"no"}"#)
  }

  static let faults: [Fault] = [
    Fault(what: "modelled error", action: .reply(error("NotFoundException")), becomes: "notFound"),
    Fault(
      what: "modelled error with namespace and URI",
      action: .reply(error("com.amazonaws.kms#DisabledException:http://internal")), becomes: "disabled"),
    Fault(what: "shared error", action: .reply(error("AccessDeniedException")), becomes: "accessDenied"),
    Fault(what: "throttling", action: .reply(error("ThrottlingException")), becomes: "throttling"),
    Fault(what: "unknown error", action: .reply(error("BrandNewException")), becomes: "unmodeled BrandNewException"),
    Fault(
      what: "error without a message", action: .reply(reply("400 Bad Request", #"{"__type":"NotFoundException"}"#)),
      becomes: "notFound"),
    Fault(what: "error without a body", action: .reply(reply("403 Forbidden", "")), becomes: "unmodeled 403"),
    Fault(
      what: "HTML from a proxy", action: .reply(reply("502 Bad Gateway", "<html>Bad</html>", type: "text/html")),
      becomes: "unmodeled 502"),
    Fault(
      what: "error in truncated JSON", action: .reply(reply("400 Bad Request", #"{"__type":"NotFou"#)),
      becomes: "unmodeled 400"),
    Fault(
      what: "redirect",
      action: .reply("HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
      becomes: "unmodeled 307"),
    Fault(
      what: "success in truncated JSON", action: .reply(reply("200 OK", #"{"KeyId":"arn"#)), becomes: "decoding"),
    Fault(
      what: "success in HTML", action: .reply(reply("200 OK", "<html>Sign in</html>", type: "text/html")),
      becomes: "decoding"),
    Fault(what: "success without a required member", action: .reply(reply("200 OK", "{}")), becomes: "decoding"),
    Fault(
      what: "success with another type of JSON", action: .reply(reply("200 OK", #"{"KeyId":7}"#)), becomes: "decoding"),
    Fault(what: "success without a body", action: .reply(reply("200 OK", "")), becomes: "decoding"),
    Fault(
      what: "gzip nobody asked for",
      action: .reply("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n\u{1F}abc"),
      becomes: "decoding"),
    Fault(what: "closed without a word", action: .replyAndClose(""), becomes: "transport, maybe acted on"),
    Fault(what: "no HTTP", action: .replyAndClose("SSH-2.0-OpenSSH_9.2\r\n"), becomes: "transport, maybe acted on"),
    Fault(
      what: "half a head", action: .replyAndClose("HTTP/1.1 200 OK\r\nConte"), becomes: "transport, maybe acted on"),
    Fault(
      what: "a body cut short", action: .replyAndClose("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"KeyId\":"),
      becomes: "transport, maybe acted on"),
    Fault(
      what: "a chunked body cut short",
      action: .replyAndClose("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"Key\r\n"),
      becomes: "transport, maybe acted on"),
    Fault(
      what: "a length that is no number", action: .replyAndClose("HTTP/1.1 200 OK\r\nContent-Length: ten\r\n\r\n{}"),
      becomes: "transport, maybe acted on"),
    Fault(
      what: "a reply that is too long",
      action: .reply("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + String(repeating: " ", count: 2000)),
      becomes: "transport, maybe acted on"),
    Fault(what: "silence", action: .silence, becomes: "timeout, maybe acted on"),
    Fault(
      what: "a body that never ends", action: .reply("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"),
      becomes: "timeout, maybe acted on"),
  ]

  @Test("what a server does wrong, and the case it becomes", arguments: faults)
  func server(fault: Fault) async throws {
    try await ScriptedServer.run({ _ in fault.action }) { server in
      let timeout: Duration = fault.becomes.hasPrefix("timeout") ? .milliseconds(200) : .seconds(600)
      let result = try await outcome(server.url, timeout: timeout)
      #expect(result == fault.becomes)
    }
  }

  @Test(
    "an address that leads nowhere",
    arguments: [
      ("http://127.0.0.1:1", "transport, not sent"), ("http://nowhere.invalid", "transport, not sent"),
      ("gopher://127.0.0.1", "transport, not sent"), ("http://user@127.0.0.1", "transport, not sent"),
    ])
  func address(url: String, becomes: String) async throws {
    #expect(try await outcome(url, timeout: .seconds(600)) == becomes)
  }

  /// How a server identifies itself, whether its authority is trusted, and what comes of it.
  static let identities: [(String, String, trusted: Bool, String)] = [
    ("trusted", TLSFixtures.valid, true, "notFound"),
    ("untrusted authority", TLSFixtures.valid, false, "transport, not sent"),
    ("another name", TLSFixtures.otherName, true, "transport, not sent"),
    ("expired", TLSFixtures.expired, true, "transport, not sent"),
  ]

  @Test("TLS: who is trusted, and what is not sent to whom is not", arguments: identities)
  func tls(what: String, certificate: String, trusted: Bool, becomes: String) async throws {
    let file = try authorityFile()
    defer { try? FileManager.default.removeItem(at: file) }
    let identity = ScriptedServer.Identity(certificate: certificate, privateKey: TLSFixtures.privateKey)
    try await ScriptedServer.run(tls: identity, { _ in .reply(Self.error("NotFoundException")) }) { server in
      let result = try await outcome(
        "https://127.0.0.1:\(server.port)", timeout: .seconds(600), authorities: trusted ? file.path : nil)
      #expect(result == becomes)
    }
  }

  @Test(
    "a TLS connection that is cut off behind the handshake has carried the request",
    arguments: ["HTTP/1.1 200 OK\r\n\r\n{\"KeyId\":", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", ""])
  func cutTLS(beginning: String) async throws {
    let file = try authorityFile()
    defer { try? FileManager.default.removeItem(at: file) }
    let identity = ScriptedServer.Identity(certificate: TLSFixtures.valid, privateKey: TLSFixtures.privateKey)
    try await ScriptedServer.run(tls: identity, { _ in .replyAndCut(beginning) }) { server in
      let result = try await outcome(
        "https://127.0.0.1:\(server.port)", timeout: .seconds(600), authorities: file.path)
      #expect(result == "transport, maybe acted on")
    }
  }

  @Test("TLS where there is none, and none where there is TLS")
  func schemes() async throws {
    try await ScriptedServer.run({ _ in .reply(Self.error("NotFoundException")) }) { server in
      let result = try await outcome(
        "https://127.0.0.1:\(server.port)", timeout: .seconds(600), connect: .milliseconds(250))
      #expect(result.hasSuffix("not sent"))
    }
    let identity = ScriptedServer.Identity(certificate: TLSFixtures.valid, privateKey: TLSFixtures.privateKey)
    try await ScriptedServer.run(tls: identity, { _ in .silence }) { server in
      let result = try await outcome(server.url, timeout: .seconds(600))
      #expect(result == "transport, maybe acted on")
    }
  }

  /// A new file with the certificate of the authority.
  private func authorityFile() throws -> URL {
    let file = FileManager.default.temporaryDirectory.appending(path: "authority-\(UUID().uuidString).pem")
    try TLSFixtures.authority.write(to: file, atomically: true, encoding: .utf8)
    return file
  }

  /// The case that a data key pair request ends in, in words.
  private func outcome(
    _ url: String, timeout: Duration, connect: Duration = .seconds(600), authorities: String? = nil
  ) async throws -> String {
    var configuration = makeConfiguration(url, timeout: timeout)
    configuration.certificateAuthoritiesFile = authorities
    let transport = AsyncHTTPClientTransport(
      connectTimeout: connect, certificateAuthoritiesFile: authorities, maximumResponseBytes: 1000)
    let kms = KMSClient(configuration: configuration, transport: transport)
    let outcome: String
    do throws(GenerateDataKeyPairError) {
      _ = try await kms.generateDataKeyPair(keyID: "alias/app", keyPairSpec: .eccNISTP256)
      outcome = "output"
    } catch {
      outcome =
        switch error {
        case .notFound: "notFound"
        case .disabled: "disabled"
        case .accessDenied: "accessDenied"
        case .throttling: "throttling"
        case .unmodeled(let code, _, _): "unmodeled \(code)"
        case .decoding: "decoding"
        case .transport(let error): "transport, \(error.mayHaveReachedServer ? "maybe acted on" : "not sent")"
        case .timeout(let error): "timeout, \(error.mayHaveReachedServer ? "maybe acted on" : "not sent")"
        default: "\(error)"
        }
    }
    try await transport.shutdown()
    return outcome
  }
}
