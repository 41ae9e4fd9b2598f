// Answers with plaintext keys: what was sent is overwritten afterwards.

import AWSSigV4
import KMSService
import NIOCore
import NIOEmbedded
import NIOHTTP1
import Testing

@testable import KMSServer

@Suite
struct SecretAnswerTests {
  /// The channel's sent buffers share their storage with the handler's, so they show what became of it.
  private func sentBytes(carriesSecret: Bool) throws -> [UInt8] {
    let exchange = ExchangeContext(
      configuration: .init(port: 0), connections: ConnectionRegistry(limit: 1), health: HealthRoutes(), metrics: nil,
      logger: .silent,
      respond: { _ in
        ServiceResponse(
          status: 200, headers: [], body: [UInt8](repeating: 0x53, count: 500), carriesSecret: carriesSecret)
      })
    let decoder = RequestDecoder(limits: exchange.limits)
    let channel = EmbeddedChannel()
    try channel.pipeline.syncOperations.addHandler(ByteToMessageHandler(decoder))
    try channel.pipeline.syncOperations.addHandler(
      ConnectionHandler(
        exchange: exchange, decoder: decoder, isSecure: false, eventLoop: channel.eventLoop))
    try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    try channel.writeInbound(ByteBuffer(string: post("x")))
    channel.embeddedEventLoop.run()
    let sent = try #require(try channel.readOutbound(as: ByteBuffer.self))
    _ = try channel.finish()
    return [UInt8](sent.readableBytesView)
  }

  @Test func wipesASecretAnswerOnceItIsWritten() throws {
    let bytes = try sentBytes(carriesSecret: true)
    #expect(bytes.count > 500)
    #expect(bytes.allSatisfy { $0 == 0 })
  }

  @Test func leavesOtherAnswersAlone() throws {
    let bytes = try sentBytes(carriesSecret: false)
    #expect(bytes.suffix(500).allSatisfy { $0 == 0x53 })
  }

  @Test func wipesEveryReferenceToTheSentBytes() {
    let buffer = ByteBuffer(bytes: [UInt8](repeating: 1, count: 64))
    let other = buffer
    ResponseEncoder.wipe(buffer)
    #expect(other.readableBytesView.allSatisfy { $0 == 0 })
  }

  /// A buffer that had to grow would leave a copy of the secret behind in freed memory.
  @Test(arguments: [0, 1, 100, 5000])
  func encodesIntoABufferOfTheRightSize(count: Int) {
    var encoder = ResponseEncoder()
    let response = ServiceResponse(
      status: 431,
      headers: (0..<count / 10).map { .init(name: "X-Field-\($0)", value: String(repeating: "v", count: 50)) },
      body: [UInt8](repeating: 0x53, count: count))
    let buffer = encoder.encode(response, framing: ResponseFraming(keepsAlive: false), allocator: ByteBufferAllocator())
    let needed = response.headers.reduce(192) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 } + count
    #expect(buffer.readableBytes <= needed)
    #expect(buffer.capacity == ByteBufferAllocator().buffer(capacity: needed).capacity)
  }
}
