// One answer to every question of configuration: flags win over the environment, which wins over the file.

import Foundation
import Yams

/// Settings by the name of their flag, from three places.
struct Settings {
  private let flags: [String: [String]]
  private let environment: [String: String]
  private let file: [String: [String]]

  /// Every name that may stand in a configuration file.
  static let names: Set<String> = [
    "dev", "dev-allow-remote", "host", "port", "data-dir", "region", "account", "tls-certificate", "tls-key",
    "root-key", "identities", "key-pair-queue", "quota", "xks-trust-root", "xks-host",
    "attestation-root", "attestation-freshness",
    "explain", "audit", "audit-key", "audit-file-size", "audit-file-age", "request-quotas", "log-level",
  ]

  /// Reads the three places.
  init(_ options: ServeOptions, environment: [String: String]) throws(CommandFailure) {
    var flags: [String: [String]] = ["region": options.region, "quota": options.quota]
    flags["xks-trust-root"] = options.xksTrustRoot
    flags["attestation-root"] = options.attestationRoot
    flags["xks-host"] = options.xksHost
    flags["request-quotas"] = options.requestQuotas
    flags["explain"] = options.explain ? ["true"] : []
    flags["dev"] = options.dev ? ["true"] : []
    flags["dev-allow-remote"] = options.devAllowRemote ? ["true"] : []
    for (name, value) in [
      ("host", options.host), ("port", options.port), ("data-dir", options.dataDir), ("account", options.account),
      ("tls-certificate", options.tlsCertificate), ("tls-key", options.tlsKey), ("root-key", options.rootKey),
      ("identities", options.identities), ("audit", options.audit), ("audit-key", options.auditKey),
      ("audit-file-size", options.auditFileSize), ("audit-file-age", options.auditFileAge),
      ("attestation-freshness", options.attestationFreshness),
      ("key-pair-queue", options.keyPairQueue), ("log-level", options.logLevel),
    ] {
      flags[name] = value.map { [$0] } ?? []
    }
    try self.init(flags: flags, config: options.config, environment: environment)
  }

  /// Reads the environment and the file, which the environment may name, beside `flags`.
  init(
    flags: [String: [String]] = [:], config: String?, environment: [String: String]
  ) throws(CommandFailure) {
    self.flags = flags
    self.environment = environment
    let path = config ?? environment["KEYWRIGHT_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
    file = try path.map { path throws(CommandFailure) in try Self.read(path) } ?? [:]
  }

  /// The values of a setting that may be given more than once; the environment separates them with commas.
  func values(_ name: String) -> [String] {
    if let flag = flags[name], !flag.isEmpty { return flag }
    if let value = variable(name) {
      return value.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    return file[name] ?? []
  }

  /// The value of a setting that has one; of several, the last. A comma in the environment is part of it.
  func value(_ name: String) -> String? {
    if let flag = flags[name]?.last { return flag }
    return variable(name) ?? file[name]?.last
  }

  private func variable(_ name: String) -> String? {
    environment["KEYWRIGHT_" + name.uppercased().replacing("-", with: "_")].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// Whether a setting is switched on.
  func isOn(_ name: String) throws(CommandFailure) -> Bool {
    switch value(name) {
    case nil, "false", "0", "no": return false
    case "true", "1", "yes": return true
    case let other?: throw CommandFailure(.configuration, "\(name) must be true or false, not '\(other)'")
    }
  }

  private static func read(_ path: String) throws(CommandFailure) -> [String: [String]] {
    let node: Node?
    do {
      node = try Yams.compose(yaml: try String(contentsOfFile: path, encoding: .utf8))  // JSON is YAML too
    } catch let error as YamlError {
      throw CommandFailure(.configuration, "\(path) is not valid YAML or JSON: \(error)")
    } catch {
      throw CommandFailure(.noInput, "cannot read the configuration file \(path)")
    }
    guard let node else { return [:] }
    guard let mapping = node.mapping else {
      throw CommandFailure(.configuration, "\(path) must hold one mapping of settings")
    }
    var settings: [String: [String]] = [:]
    for (key, value) in mapping {
      guard let name = key.string, names.contains(name) else {
        throw CommandFailure(.configuration, "\(path) has an unknown setting '\(key.string ?? "?")'")
      }
      guard let values = value.scalar.map({ [$0.string] }) ?? value.sequence?.compactMap(\.scalar?.string) else {
        throw CommandFailure(.configuration, "\(path): \(name) must be a value or a list of values")
      }
      settings[name] = values
    }
    return settings
  }
}
