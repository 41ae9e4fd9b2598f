// A client that sends exactly the bytes it is given over a real socket, and reads what comes back.

import NIOCore
import NIOPosix
import NIOSSL
import NIOTLS
import Synchronization

/// One connection to a server under test. HTTP clients would not send what these tests have to send.
final class WireClient {
  /// An answer as it came over the wire.
  struct Response: Equatable {
    var status: Int
    /// Field names in lower case.
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

    static func == (left: Response, right: Response) -> Bool {
      left.status == right.status && left.body == right.body && left.headers.map(\.name) == right.headers.map(\.name)
        && left.headers.map(\.value) == right.headers.map(\.value)
    }
  }

  let channel: any Channel
  private let negotiation: Negotiation
  private var chunks: AsyncStream<[UInt8]>.Iterator
  private var pending: [UInt8] = []

  /// What ALPN agreed on, once the handshake is over.
  var negotiatedProtocol: String? { negotiation.outcome.withLock { $0 } }

  private init(channel: any Channel, chunks: AsyncStream<[UInt8]>, negotiation: Negotiation) {
    self.channel = channel
    self.negotiation = negotiation
    self.chunks = chunks.makeAsyncIterator()
  }

  /// Opens a connection.
  ///
  /// - Parameters:
  ///   - readsAutomatically: whether what arrives is taken from the kernel at once.
  ///   - outlivesServer: whether the client goes on sending after the server has closed its side.
  static func connect(
    port: Int, tls: NIOSSLContext? = nil, readsAutomatically: Bool = true, outlivesServer: Bool = false
  ) async throws -> WireClient {
    let (chunks, sink) = AsyncStream.makeStream(of: [UInt8].self)
    let negotiation = Negotiation()
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .channelOption(.autoRead, value: readsAutomatically)
      .channelOption(.allowRemoteHalfClosure, value: outlivesServer)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          if let tls { try pipeline.addHandler(NIOSSLClientHandler(context: tls, serverHostname: "localhost")) }
          try pipeline.addHandler(ChunkSink(sink: sink, negotiation: negotiation))
        }
      }
      .connect(host: "127.0.0.1", port: port).get()
    return WireClient(channel: channel, chunks: chunks, negotiation: negotiation)
  }

  /// Sends the bytes and returns when the kernel has them.
  func send(_ bytes: [UInt8]) async throws {
    try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
  }

  func send(_ text: String) async throws { try await send([UInt8](text.utf8)) }

  /// The next answer, or nil when the connection ended before one was complete.
  func response(hasBody: Bool = true) async -> Response? {
    while true {
      if let (response, consumed) = Self.parse(pending, hasBody: hasBody) {
        pending.removeFirst(consumed)
        return response
      }
      guard let chunk = await chunks.next(isolation: #isolation) else { return nil }
      pending += chunk
    }
  }

  /// Everything that comes until the server closes the connection.
  func readToEnd() async -> [UInt8] {
    while let chunk = await chunks.next(isolation: #isolation) { pending += chunk }
    defer { pending = [] }
    return pending
  }

  /// Whether the connection ends without another byte.
  func endsSilently() async -> Bool { await readToEnd().isEmpty }

  func close() async { try? await channel.close() }

  private static func parse(_ bytes: [UInt8], hasBody: Bool) -> (Response, consumed: Int)? {
    guard let end = bytes.firstRange(of: [UInt8]("\r\n\r\n".utf8)) else { return nil }
    let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
    let words = lines.first?.split(separator: " ", maxSplits: 2) ?? []
    guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
    let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { return nil }
      return (parts[0].lowercased(), String(parts[1].drop { $0 == " " }))
    }
    var response = Response(status: status, headers: headers, body: [])
    let length = hasBody ? response.header("content-length").flatMap { Int($0) } ?? 0 : 0
    guard bytes.count >= end.upperBound + length else { return nil }
    response.body = [UInt8](bytes[end.upperBound..<end.upperBound + length])
    return (response, end.upperBound + length)
  }
}

private final class Negotiation: Sendable {
  let outcome = Mutex<String?>(nil)
}

/// Passes what a connection receives to the test.
private final class ChunkSink: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let sink: AsyncStream<[UInt8]>.Continuation
  private let negotiation: Negotiation

  init(sink: AsyncStream<[UInt8]>.Continuation, negotiation: Negotiation) {
    self.sink = sink
    self.negotiation = negotiation
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case TLSUserEvent.handshakeCompleted(let negotiated): negotiation.outcome.withLock { $0 = negotiated }
    case ChannelEvent.inputClosed: sink.finish()
    default: break
    }
    context.fireUserInboundEventTriggered(event)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    sink.yield([UInt8](Self.unwrapInboundIn(data).readableBytesView))
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

  func handlerRemoved(context: ChannelHandlerContext) { sink.finish() }
}
