// A server on a loopback port that says exactly the bytes it is told to, HTTP or not.

import NIOCore
import NIOPosix
import Synchronization

/// Accepts connections and answers each request, or stays silent, as its script says.
struct ScriptedServer {
  /// What to do once a whole request has arrived.
  enum Action {
    /// Writes the bytes and leaves the connection open.
    case reply(String)
    /// Writes the bytes and closes the connection.
    case replyAndClose(String)
    /// Never answers.
    case silence
  }

  /// What happened, in order.
  enum Event: Equatable {
    case request(String)
    case closed
  }

  let port: Int
  let events: AsyncStream<Event>

  var url: String { "http://127.0.0.1:\(port)" }

  private typealias Connection = NIOAsyncChannel<ByteBuffer, ByteBuffer>

  /// Runs a server for the length of `body`.
  static func run(
    _ script: @escaping @Sendable (String) -> Action, _ body: (ScriptedServer) async throws -> Void
  ) async throws {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture { try Connection(wrappingChannelSynchronously: channel) }
      }
    let (events, report) = AsyncStream.makeStream(of: Event.self)
    let server = ScriptedServer(port: listener.channel.localAddress?.port ?? 0, events: events)
    try await withThrowingTaskGroup { group in
      group.addTask {
        try await listener.executeThenClose { connections in
          await withTaskGroup { serving in
            do {
              for try await connection in connections {
                serving.addTask { await serve(connection, script, report) }
              }
            } catch {}  // the listener was closed: the test is over
          }
        }
      }
      defer { group.cancelAll() }
      try await body(server)
    }
  }

  private static func serve(
    _ connection: Connection, _ script: @Sendable (String) -> Action, _ report: AsyncStream<Event>.Continuation
  ) async {
    // Errors here are the client going away, which is what `closed` reports.
    try? await connection.executeThenClose { inbound, outbound in
      var received = ""
      for try await buffer in inbound {
        received += String(decoding: buffer.readableBytesView, as: UTF8.self)
        guard isComplete(received) else { continue }
        report.yield(.request(received))
        switch script(received) {
        case .reply(let text): try await outbound.write(ByteBuffer(string: text))
        case .replyAndClose(let text):
          try await outbound.write(ByteBuffer(string: text))
          return
        case .silence: break
        }
        received = ""
      }
    }
    report.yield(.closed)
  }

  /// Whether the head and as many body bytes as it announces have arrived. Test bodies are ASCII.
  private static func isComplete(_ text: String) -> Bool {
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
