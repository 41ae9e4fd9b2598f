// Refusals are logged at a bounded rate, and without a word of what the caller sent.

import Logging
import NIOCore
import Synchronization
import Testing

@testable import KMSServer

@Suite(.timeLimit(.minutes(1)))
struct RefusalLogTests {
  @Test func writesAFewLinesPerWindowAndCountsTheRest() {
    let lines = LogLines()
    let log = RefusalLog(logger: lines.logger())
    for second in 0..<9 as Range<Int64> {
      for _ in 0..<100 {
        log.record(.headTooLarge, remoteAddress: "192.0.2.1", now: .uptimeNanoseconds(1) + .seconds(second))
      }
    }
    #expect(lines.all.count == RefusalLog.linesPerWindow)
    log.record(.bodyTooLarge, remoteAddress: nil, now: .uptimeNanoseconds(1) + .seconds(10))
    #expect(lines.all.count == RefusalLog.linesPerWindow + 1)
    #expect(lines.all.last?.contains("suppressed=895") == true)
    #expect(lines.all.last?.contains("status=413") == true)
  }

  @Test func neverQuotesTheCaller() async throws {
    let lines = LogLines()
    try await withServer(logger: lines.logger(level: .trace)) { server in
      for request in ["TOP-SECRET\r\n\r\n", "GET /TOP-SECRET HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nTOP-SECRET\r\n\r\n"]
      {
        _ = try await server.exchange(request)
      }
    }
    #expect(lines.all.contains { $0.contains("refused a request") && $0.contains("remote=127.0.0.1") })
    #expect(lines.all.allSatisfy { !$0.contains("SECRET") })
  }
}

/// Log lines, kept for the test to read.
private final class LogLines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func logger(level: Logger.Level = .info) -> Logger {
    var logger = Logger(label: "test") { _ in Handler(lines: self) }
    logger.logLevel = level
    return logger
  }

  private func append(_ line: String) { lines.withLock { $0.append(line) } }

  private struct Handler: LogHandler {
    let lines: LogLines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.info

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      let fields = (event.metadata ?? [:]).map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
      lines.append("\(event.level) \(event.message) \(fields)")
    }
  }
}
