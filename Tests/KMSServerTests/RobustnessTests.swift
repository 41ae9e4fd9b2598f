// Bytes that nobody meant to send: the server answers or closes, and goes on.

import KMSService
import Testing

@testable import KMSServer

@Suite(.timeLimit(.minutes(2)))
struct RobustnessTests {
  static let valid =
    "POST /a?b=c HTTP/1.1\r\nHost: h\r\nX-Amz-Target: T.O\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n"
    + "5;x=y\r\nhello\r\n0\r\nX-Trailer: z\r\n\r\n"

  /// Whatever it was sent before, the server answers a good request.
  private func expectAlive(_ server: RunningServer) async throws {
    let client = try await server.connect()
    try await client.send(post("alive"))
    #expect(await client.response()?.text == "alive")
    await client.close()
  }

  @Test func survivesEveryPrefixOfARequest() async throws {
    try await withServer { server in
      let bytes = [UInt8](Self.valid.utf8)
      for length in 0..<bytes.count {
        let client = try await server.connect()
        try await client.send(Array(bytes[..<length]))
        await client.close()
      }
      try await expectAlive(server)
    }
  }

  @Test func joinsARequestCutAnywhere() async throws {
    try await withServer { server in
      let bytes = [UInt8](Self.valid.replacing("Expect: 100-continue\r\n", with: "").utf8)
      let client = try await server.connect()
      for cut in 1..<bytes.count {
        try await client.send(Array(bytes[..<cut]))
        try await client.send(Array(bytes[cut...]))
        #expect(await client.response()?.text == "hello", "cut after \(cut) bytes")
      }
    }
  }

  @Test func survivesRandomBytes() async throws {
    var random = SeededGenerator(seed: 1)
    try await withServer {
      $0.timeouts.head = .milliseconds(50)
      $0.timeouts.body = .milliseconds(50)
      $0.timeouts.linger = .milliseconds(20)
    } _: { server in
      for _ in 0..<300 {
        let bytes = (0..<Int.random(in: 1...600, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
        let client = try await server.connect()
        try? await client.send(bytes)
        await client.close()
      }
      try await expectAlive(server)
    }
  }

  /// Near-valid requests reach deeper than noise: bytes of a good one are changed, removed, doubled and cut.
  @Test(arguments: 1...4)
  func survivesMutatedRequests(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let telling = [UInt8]("\r\n\0 :;,0fF\t\u{7F}".utf8) + [0x80, 0xFF]
    try await withServer {
      $0.timeouts.head = .milliseconds(30)
      $0.timeouts.body = .milliseconds(30)
      $0.timeouts.idle = .milliseconds(30)
      $0.timeouts.linger = .milliseconds(20)
    } _: { server in
      for _ in 0..<300 {
        var bytes = [UInt8]((Self.valid + post("x") + Self.valid).utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0..<bytes.count, using: &random)
          switch Int.random(in: 0..<4, using: &random) {
          case 0: bytes[place] = telling.randomElement(using: &random) ?? 0
          case 1: bytes.remove(at: place)
          case 2: bytes.insert(telling.randomElement(using: &random) ?? 0, at: place)
          default: bytes.insert(contentsOf: bytes[place...].prefix(20), at: place)
          }
        }
        let client = try await server.connect()
        try? await client.send(bytes)
        // Every answer that comes is well formed; what the mutation made of the request decides which it is.
        var answers = 0
        while let response = await client.response(), response.header("connection") != "close" {
          #expect([100, 200].contains(response.status))
          answers += 1
          if answers == 8 { break }
        }
        await client.close()
      }
      try await expectAlive(server)
    }
  }
}

/// SplitMix64: the same bytes in every run, so that a failure can be found again.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
