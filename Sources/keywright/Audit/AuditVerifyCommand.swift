// `keywright audit verify`: whether every record is there, as it was written.

import AWSJSON
import ArgumentParser
import Foundation
import KMSAudit
import KMSService
import KMSStoreSQLite
import SecureMemory

/// Verifies the audit trail of a data directory.
struct AuditVerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Verify that no audit record was altered, moved or removed.",
    discussion: """
      Works while the service runs. Exits with 0 when the trail is intact; else with 65, naming the first record that \
      is wrong.
      """)

  @OptionGroup var storeOptions: StoreOptions
  @OptionGroup var rootKeyOptions: RootKeyOptions

  @Option(
    help: "Where the audit key is, if it is not made from the root key: file:PATH. (default: $KEYWRIGHT_AUDIT_KEY)")
  var auditKey: String?

  @Option(help: "Folder with older files of the trail; may be given again.")
  var archive: [String] = []

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    try await storeOptions.run { store throws(CommandFailure) in
      let directory = try storeOptions.directory()
      let key = try await key(store)
      let head: [UInt8]?
      do {
        head = try await StoredAuditHead(store: store).load()
      } catch {
        throw CommandFailure(.temporaryFailure, "the store cannot be read: \(error)")
      }
      try verify(
        AuditVerification(
          directory: directory.appending(path: "audit").path(percentEncoded: false), archives: archive, key: key,
          head: head))
    }
  }

  /// The key of the trail: the one that is kept elsewhere, or else the one that the root key makes.
  private func key(_ store: SQLiteStore) async throws(CommandFailure) -> SecretBytes {
    let settings = try storeOptions.settings(flags: ["audit-key": auditKey])
    guard let path = try ServeConfiguration.keyFile("audit-key", settings.value("audit-key")) else {
      return try await rootKeyOptions.keys(of: store, at: storeOptions).audit
    }
    do throws(RootKeyFile.Failure) {
      return try RootKeyFile(path: path).load()
    } catch {
      throw CommandFailure(.noPermission, error.description)
    }
  }

  private func verify(_ verification: AuditVerification) throws(CommandFailure) {
    let outcome: AuditVerification.Outcome
    do throws(AuditFailure) {
      outcome = try verification.run()
    } catch {
      throw CommandFailure(.noInput, error.description)
    }
    if json { print(String(decoding: Self.text(of: outcome), as: UTF8.self)) }
    switch outcome {
    case .intact(let records, let lastTime):
      guard !json else { return }
      let last = lastTime.map { ", last at \($0.formatted(.iso8601))" } ?? ""
      print("audit trail intact: \(records) records\(last)")
    case .broken(let problem):
      throw CommandFailure(.dataError, "audit trail broken: \(problem)")
    }
  }

  private static func text(of outcome: AuditVerification.Outcome) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("intact")
    switch outcome {
    case .intact(let records, let lastTime):
      writer.bool(true)
      writer.member("records")
      writer.int(Int64(clamping: records))
      if let lastTime {
        writer.member("lastTime")
        writer.timestamp(lastTime, .dateTime)
      }
    case .broken(let problem):
      writer.bool(false)
      if let file = problem.file {
        writer.member("file")
        writer.string(file)
      }
      if let line = problem.line {
        writer.member("line")
        writer.int(line)
      }
      if let sequence = problem.sequence {
        writer.member("sequence")
        writer.int(Int64(clamping: sequence))
      }
      writer.member("reason")
      writer.string(problem.reason)
    }
    writer.endObject()
    return writer.finish()
  }
}
