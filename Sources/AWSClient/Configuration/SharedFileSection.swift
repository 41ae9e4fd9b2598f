// What stands below a section header of a shared file.

internal import SecureMemory

/// The settings of a profile, or of a `services` section. Names of settings are in lower case.
struct SharedFileSection: Sendable {
  /// Settings with a value. One that is empty counts as not set.
  private(set) var settings: [String: String] = [:]
  /// Settings whose value is a block of indented settings.
  private(set) var blocks: [String: [String: String]] = [:]
  /// `aws_secret_access_key`, which is not among the settings.
  private(set) var secretAccessKey: SecretBytes?

  static let secretName = "aws_secret_access_key"

  /// The settings that together are one access key.
  private static let accessKeyNames = ["aws_access_key_id", "aws_session_token"]

  /// The value of a setting; nil when it is not set or empty.
  func string(_ name: String) -> String? { settings[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// Whether any of these settings has a value.
  func hasAny(of names: String...) -> Bool { names.contains { string($0) != nil } }

  mutating func set(_ name: String, to value: String) {
    settings[name] = value
    blocks[name] = nil
  }

  mutating func set(secretAccessKey secret: SecretBytes) {
    secretAccessKey = secret.count == 0 ? nil : secret
  }

  mutating func append(line: String, to name: String) {
    settings[name, default: ""] += "\n" + line
  }

  mutating func set(_ name: String, to value: String, inBlock block: String) {
    blocks[block, default: [:]][name] = value
  }

  /// Takes over all settings of `other`. An access key is taken over as a whole: half of one with half of another would
  /// be neither.
  mutating func merge(_ other: SharedFileSection) {
    if other.secretAccessKey != nil || other.string("aws_access_key_id") != nil {
      for name in Self.accessKeyNames { settings[name] = nil }
      secretAccessKey = other.secretAccessKey
    }
    for (name, value) in other.settings {
      set(name, to: value)
      blocks[name] = other.blocks[name]
    }
  }
}

extension SharedFileSection: CustomStringConvertible, CustomReflectable {
  /// The names of the settings, without any value: session tokens are among them.
  var description: String { "SharedFileSection(\(settings.keys.sorted().joined(separator: ", ")))" }
  var customMirror: Mirror { Mirror(self, children: ["settings": settings.keys.sorted()]) }
}
