// A server on a loopback port that says exactly the bytes it is told to, HTTP or not.

internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Accepts connections and answers each request, or stays silent, as its script says.
public struct ScriptedServer: Sendable {
  /// What to do once a whole request has arrived.
  public enum Action: Sendable {
    /// Writes the bytes and leaves the connection open.
    case reply(String)
    /// Writes the bytes and closes the connection.
    case replyAndClose(String)
    /// Writes the bytes and closes the connection below TLS, without TLS's farewell.
    case replyAndCut(String)
    /// Never answers.
    case silence
  }

  /// What happened, in order.
  public enum Event: Equatable, Sendable {
    case request(String)
    case closed
  }

  public let port: Int
  public let events: AsyncStream<Event>

  /// The address, when the server speaks no TLS.
  public var url: String { "http://127.0.0.1:\(port)" }

  /// What a server speaks TLS with, both PEM.
  public struct Identity: Sendable {
    public var certificate: String
    public var privateKey: String

    public init(certificate: String, privateKey: String) {
      self.certificate = certificate
      self.privateKey = privateKey
    }
  }

  /// Runs a server for the length of `body`. Connections that are still open then end when their client closes them.
  public static func run(
    tls identity: Identity? = nil, _ script: @escaping @Sendable (String) -> Action,
    _ body: (ScriptedServer) async throws -> Void
  ) async throws {
    let (events, report) = AsyncStream.makeStream(of: Event.self)
    let tls = try identity.map { identity in
      try NIOSSLContext(
        configuration: .makeServerConfiguration(
          certificateChain: NIOSSLCertificate.fromPEMBytes(Array(identity.certificate.utf8)).map { .certificate($0) },
          privateKey: .privateKey(NIOSSLPrivateKey(bytes: Array(identity.privateKey.utf8), format: .pem))))
    }
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
          try channel.pipeline.syncOperations.addHandler(ScriptedConversation(script: script, report: report))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      try await body(ScriptedServer(port: listener.localAddress?.port ?? 0, events: events))
    } catch {
      try await listener.close()
      throw error
    }
    try await listener.close()
  }
}

/// One connection's part in the script.
private final class ScriptedConversation: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let script: @Sendable (String) -> ScriptedServer.Action
  private let report: AsyncStream<ScriptedServer.Event>.Continuation
  private var received = ""

  init(
    script: @escaping @Sendable (String) -> ScriptedServer.Action,
    report: AsyncStream<ScriptedServer.Event>.Continuation
  ) {
    self.script = script
    self.report = report
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += String(decoding: unwrapInboundIn(data).readableBytesView, as: UTF8.self)
    guard isComplete(received) else { return }
    report.yield(.request(received))
    let action = script(received)
    received = ""
    switch action {
    case .reply(let text):
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    case .replyAndClose(let text):
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
      context.close(promise: nil)
    case .replyAndCut(let text):
      context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
      let tls = try? context.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
      (tls ?? context).close(promise: nil)
    case .silence: break
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    report.yield(.closed)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)  // the client went away
  }

  /// Whether the head and as many body bytes as it announces have arrived. Test bodies are ASCII.
  private func isComplete(_ text: String) -> Bool {
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let head = parts.first, let body = parts.last else { return false }
    let length = head.split(separator: "\r\n").lazy.compactMap { line -> Int? in
      let field = line.split(separator: ":", maxSplits: 1)
      guard field.count == 2, field[0].lowercased() == "content-length" else { return nil }
      return Int(field[1].filter { $0 != " " })
    }.first
    return body.utf8.count >= length ?? 0
  }
}
