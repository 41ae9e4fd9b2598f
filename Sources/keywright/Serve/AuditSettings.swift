// How the service records what it is asked, as a configuration says it.

import Foundation
import KMSService
import SecureMemory

/// The settings of the audit trail.
struct AuditSettings {
  /// Whether there is to be one; nil when that is left to whether there is a folder for it.
  let isWanted: Bool?
  /// The file that holds the key of the chain; nil for one that is made from the root key.
  let keyFile: String?
  /// The size at which a file is followed by another, in bytes.
  let maximumFileBytes: Int
  /// The age at which a file is followed by another, in seconds.
  let maximumFileAge: Double

  init(_ settings: Settings) throws(CommandFailure) {
    switch settings.value("audit") {
    case nil: isWanted = nil
    case "on": isWanted = true
    case "off": isWanted = false
    case let other?: throw CommandFailure(.usage, "audit must be on or off, not '\(other)'")
    }
    keyFile = try ServeConfiguration.keyFile("audit-key", settings.value("audit-key"))
    maximumFileBytes = Int(try Self.number(settings, "audit-file-size", default: 64) * 1_048_576)
    maximumFileAge = try Self.number(settings, "audit-file-age", default: 24) * 3600
  }

  /// The key of the trail's chain.
  func key(_ keys: StoreKeys) throws(CommandFailure) -> SecretBytes {
    guard let keyFile else { return keys.audit }
    do {
      return try RootKeyFile(path: keyFile).load()
    } catch {
      throw CommandFailure(.noPermission, error.description)
    }
  }

  private static func number(
    _ settings: Settings, _ name: String, default number: Double
  ) throws(CommandFailure) -> Double {
    guard let text = settings.value(name) else { return number }
    guard let number = Double(text), number > 0, number <= 1_000_000 else {
      throw CommandFailure(.usage, "\(name) must be a number above 0, not '\(text)'")
    }
    return number
  }
}
