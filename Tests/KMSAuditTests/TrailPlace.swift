// A directory with a trail in it, whose files tests read and tamper with.

import Foundation
import KMSAccess
import Logging
import SecureMemory
import Synchronization
import Testing

@testable import KMSAudit

/// A place for a trail and its head.
final class TrailPlace: Sendable {
  private let place: TemporaryPlace
  let directory: String
  let heads = MemoryHeads()
  let log = LogLines()
  private let clock = Mutex(Date(timeIntervalSince1970: Examples.time))

  /// A trail in a temporary directory, or in one that is given.
  init(directory: String? = nil) throws {
    place = try TemporaryPlace()
    self.directory = directory ?? place("audit")
  }

  /// Lets time pass.
  func advance(by seconds: Double) { clock.withLock { $0 += seconds } }

  func open(
    _ configuration: AuditTrail.Configuration = AuditTrail.Configuration(), key: SecretBytes = Examples.key,
    hasBegun: Bool = false
  ) async throws(AuditFailure) -> AuditTrail {
    let log = log
    return try await AuditTrail(
      directory: directory, key: key, heads: heads, hasBegun: hasBegun, configuration: configuration,
      logger: Logger(label: "test") { _ in log.handler }, now: { self.clock.withLock { $0 } })
  }

  /// Opens the trail, adds records one after the other, and closes it.
  func record(_ requestIDs: some Sequence<Int>, _ configuration: AuditTrail.Configuration = .init()) async throws {
    let trail = try await open(configuration)
    for id in requestIDs { try await trail.append(try Examples.event("\(id)")) }
    await trail.close()
  }

  /// The paths of the files, in order.
  func files() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory).sorted().map { "\(directory)/\($0)" }
  }

  /// The only file.
  func onlyFile() throws -> String {
    let files = try files()
    #expect(files.count == 1)
    return try #require(files.first)
  }

  /// The lines of all files, without their ends.
  func lines() throws -> [String] {
    try files().flatMap { try String(contentsOfFile: $0, encoding: .utf8).split(separator: "\n").map(String.init) }
  }

  /// The request ids of all records.
  func requestIDs() throws -> [String] {
    try lines().map { line in
      let rest = try #require(line.range(of: #""requestID":""#))
      return String(line[rest.upperBound...].prefix { $0 != "\"" })
    }
  }

  func verify(
    key: SecretBytes = Examples.key, archives: [String] = [], head: [UInt8]?? = nil
  ) throws -> AuditVerification.Outcome {
    try AuditVerification(directory: directory, archives: archives, key: key, head: head ?? heads.head).run()
  }

  /// Requires a trail of so many records to be intact.
  func requireIntact(_ count: Int, archives: [String] = [], at location: SourceLocation = #_sourceLocation) throws {
    let outcome = try verify(archives: archives)
    guard case .intact(let records, _) = outcome else {
      Issue.record("\(outcome)", sourceLocation: location)
      return
    }
    #expect(records == UInt64(count), sourceLocation: location)
  }

  /// Requires the trail to be broken, and gives what is wrong.
  func requireBroken(
    key: SecretBytes = Examples.key, archives: [String] = [], head: [UInt8]?? = nil,
    at location: SourceLocation = #_sourceLocation
  ) throws -> AuditVerification.Problem {
    let outcome = try verify(key: key, archives: archives, head: head)
    guard case .broken(let problem) = outcome else {
      throw IssueFound("\(outcome)")
    }
    return problem
  }

  struct IssueFound: Error {
    let outcome: String
    init(_ outcome: String) { self.outcome = outcome }
  }
}

/// Log lines, kept.
final class LogLines: Sendable {
  private let lines = Mutex<[(level: Logger.Level, text: String)]>([])

  var handler: any LogHandler { Handler(sink: self) }

  /// The texts of the lines of a level.
  func texts(_ level: Logger.Level) -> [String] { lines.withLock { $0.filter { $0.level == level }.map(\.text) } }

  private struct Handler: LogHandler {
    let sink: LogLines
    var logLevel = Logger.Level.trace
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
      get { metadata[key] }
      set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
      sink.lines.withLock { $0.append((event.level, event.message.description)) }
    }
  }
}
