// Requests that the server answers itself, sent many at once: others have their turn in between.

import AWSSigV4
import KMSService
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import KMSServer

@Suite
struct YieldingTests {
  private static let count = 20

  /// A connection to a server that has no room for requests.
  private func connection() throws -> EmbeddedChannel {
    var configuration = HTTPServer.Configuration(port: 0)
    configuration.limits.maximumRequestsInFlight = 0
    let exchange = ExchangeContext(
      configuration: configuration, connections: ConnectionRegistry(limit: 1), health: HealthRoutes(),
      metrics: MetricsRoute(contentType: "text/plain") { _ in [UInt8]("the page".utf8) }, logger: .silent,
      respond: { _ in ServiceResponse(status: 200, headers: [], body: []) })
    let decoder = RequestDecoder(limits: exchange.limits)
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(decoder))
    try channel.pipeline.syncOperations.addHandler(
      ConnectionHandler(exchange: exchange, decoder: decoder, isSecure: false, eventLoop: channel.eventLoop))
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    return channel
  }

  /// The answers that were sent since this was asked last.
  private func answers(_ channel: EmbeddedChannel) throws -> [String] {
    var all: [String] = []
    while let buffer = try channel.readOutbound(as: ByteBuffer.self) { all.append(String(buffer: buffer)) }
    return all
  }

  @Test(arguments: [
    ("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 200 OK"),
    ("HEAD /metrics HTTP/1.1\r\nHost: h\r\n\r\n", "HTTP/1.1 200 OK"),
    ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx", "HTTP/1.1 503 "),
  ])
  func othersHaveTheirTurnBetweenAnswers(request: String, status: String) throws {
    let channel = try connection()
    try channel.writeInbound(ByteBuffer(string: String(repeating: request, count: Self.count)))
    var sent = try answers(channel)
    #expect(sent.count == 1)
    // What others wait for, after each answer.
    var turns: [Int] = []
    func takeTurn() {
      let new = (try? answers(channel)) ?? []
      turns.append(new.count)
      sent += new
      if turns.count < Self.count { channel.embeddedEventLoop.assumeIsolated().execute { takeTurn() } }
    }
    channel.embeddedEventLoop.assumeIsolated().execute { takeTurn() }
    channel.embeddedEventLoop.run()
    #expect(turns.prefix(Self.count - 1).allSatisfy { $0 == 1 })
    #expect(sent.count == Self.count)
    #expect(sent.allSatisfy { $0.hasPrefix(status) })
    _ = try channel.finish()
  }

  /// What arrives while a connection yields is neither lost nor answered before its turn.
  @Test func whatArrivesMeanwhileIsAnsweredInTurn() throws {
    let channel = try connection()
    let (get, post) = ("GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n", post("x"))
    try channel.writeInbound(ByteBuffer(string: get + post))
    try channel.writeInbound(ByteBuffer(string: get))
    #expect(try answers(channel).count == 1)
    channel.embeddedEventLoop.run()
    let rest = try answers(channel)
    #expect(rest.map { $0.hasPrefix("HTTP/1.1 200") } == [false, true])
    #expect(rest.last?.hasSuffix("the page") == true)
    _ = try channel.finish()
  }

  @Test func aConnectionThatCloses() throws {
    let channel = try connection()
    let get = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n"
    try channel.writeInbound(ByteBuffer(string: get + get))
    channel.close(promise: nil)
    channel.embeddedEventLoop.run()
    #expect(try answers(channel).count == 1)
  }

  @Test func aDrainedConnectionSaysSoWithItsNextAnswer() throws {
    let channel = try connection()
    let get = "GET /metrics HTTP/1.1\r\nHost: h\r\n\r\n"
    try channel.writeInbound(ByteBuffer(string: get + get + get))
    channel.pipeline.fireUserInboundEventTriggered(ConnectionEvent.drain)
    channel.embeddedEventLoop.run()
    let sent = try answers(channel)
    #expect(sent.map { $0.contains("Connection: close") } == [false, true])
    _ = try? channel.finish()
  }

  /// The answer to HEAD has its length but takes no room for a body.
  @Test func headTakesNoRoomForABody() {
    var encoder = ResponseEncoder()
    let response = ServiceResponse(status: 200, headers: [], body: [UInt8](repeating: 0x53, count: 1 << 16))
    let buffer = encoder.encode(
      response, framing: ResponseFraming(keepsAlive: true, omitsBody: true), allocator: ByteBufferAllocator())
    #expect(buffer.capacity < 1024)
    #expect(String(buffer: buffer).contains("Content-Length: 65536\r\n"))
    #expect(!String(buffer: buffer).contains("SS"))
  }
}
