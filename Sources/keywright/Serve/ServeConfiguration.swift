// What `keywright serve` will do, every setting checked.

import Foundation
import KMSDomain
import KMSExternalKeyStore
import KMSOperations
import Logging

/// A configuration that makes sense.
struct ServeConfiguration {
  let isDevelopment: Bool
  let host: String
  let port: Int
  /// Nil for a temporary store.
  let dataDirectory: URL?
  let regions: [Region]
  let account: AccountID
  let tls: (certificate: String, key: String)?
  /// Nil for the default place in the data directory.
  let rootKeyFile: String?
  let identitiesFile: String?
  let keyPairQueue: Int
  let quotas: ResourceQuotas
  let requestQuotas: RequestQuotas
  /// Whether decisions are told of, which development may want.
  let explains: Bool
  let audit: AuditSettings
  let xksProxies: XKSProxyClient.Configuration
  let attestation: AttestationSettings
  let logLevel: Logger.Level

  init(_ settings: Settings, environment: [String: String]) throws(CommandFailure) {
    isDevelopment = try settings.isOn("dev")
    host = settings.value("host") ?? "127.0.0.1"
    guard let port = Int(settings.value("port") ?? "8270"), (0...65_535).contains(port) else {
      throw CommandFailure(.usage, "port must be a number from 0 to 65535")
    }
    self.port = port
    regions = try Self.regions(settings.values("region"))
    guard let account = AccountID(settings.value("account") ?? "123456789012") else {
      throw CommandFailure(.usage, "account must be 12 digits")
    }
    self.account = account
    tls = try Self.tls(settings)
    rootKeyFile = try Self.keyFile("root-key", settings.value("root-key"))
    identitiesFile = settings.value("identities")
    guard let keyPairQueue = Int(settings.value("key-pair-queue") ?? "64"), keyPairQueue >= 1 else {
      throw CommandFailure(.usage, "key-pair-queue must be a number of at least 1")
    }
    self.keyPairQueue = keyPairQueue
    quotas = try ResourceQuotas(settings.values("quota"))
    requestQuotas = try RequestQuotas(settings.values("request-quotas"))
    explains = try settings.isOn("explain")
    audit = try AuditSettings(settings)
    xksProxies = try Self.xksProxies(settings)
    attestation = try AttestationSettings(settings)
    guard let logLevel = Logger.Level(rawValue: settings.value("log-level") ?? "info") else {
      throw CommandFailure(.usage, "log-level must be trace, debug, info, notice, warning, error or critical")
    }
    self.logLevel = logLevel
    dataDirectory = try Self.dataDirectory(settings, environment, isDevelopment)
    if explains, !isDevelopment {
      throw CommandFailure(.usage, "--explain tells callers about policies, and is therefore for --dev only")
    }
    if audit.isWanted == true, dataDirectory == nil {
      throw CommandFailure(.usage, "--audit on needs a folder for the records: --data-dir")
    }
    try checkDevelopmentAddress(allowRemote: try settings.isOn("dev-allow-remote"))
  }

  /// Whether only this machine can reach the service.
  var isOnLoopback: Bool { ["127.0.0.1", "::1", "localhost"].contains(host) }

  private func checkDevelopmentAddress(allowRemote: Bool) throws(CommandFailure) {
    guard isDevelopment, !allowRemote, !isOnLoopback else { return }
    throw CommandFailure(
      .usage, "--dev accepts any credentials and therefore listens on loopback only; --dev-allow-remote lifts this")
  }

  private static func regions(_ names: [String]) throws(CommandFailure) -> [Region] {
    var regions: [Region] = []
    for name in names.isEmpty ? ["us-east-1"] : names {
      guard let region = Region(name) else { throw CommandFailure(.usage, "'\(name)' is not the name of a Region") }
      if !regions.contains(region) { regions.append(region) }
    }
    return regions
  }

  private static func tls(_ settings: Settings) throws(CommandFailure) -> (String, String)? {
    switch (settings.value("tls-certificate"), settings.value("tls-key")) {
    case (nil, nil): return nil
    case (let certificate?, let key?): return (certificate, key)
    default: throw CommandFailure(.usage, "tls-certificate and tls-key go together")
    }
  }

  private static func xksProxies(_ settings: Settings) throws(CommandFailure) -> XKSProxyClient.Configuration {
    var configuration = XKSProxyClient.Configuration()
    configuration.trustRootFiles = settings.values("xks-trust-root")
    for setting in settings.values("xks-host") {
      let parts = setting.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, let address = HostAddress(String(parts[1])) else {
        throw CommandFailure(.usage, "xks-host must be NAME=ADDRESS or NAME=ADDRESS:PORT, not '\(setting)'")
      }
      configuration.hosts[parts[0].lowercased()] = address
    }
    return configuration
  }

  /// The path of a key that a setting says the place of.
  static func keyFile(_ name: String, _ source: String?) throws(CommandFailure) -> String? {
    guard let source else { return nil }
    guard source.hasPrefix("file:"), source.count > 5 else {
      throw CommandFailure(.usage, "\(name) must be file:PATH")
    }
    return String(source.dropFirst(5))
  }

  private static func dataDirectory(
    _ settings: Settings, _ environment: [String: String], _ isDevelopment: Bool
  ) throws(CommandFailure) -> URL? {
    if let path = settings.value("data-dir") { return try dataDirectory(path) }
    if isDevelopment { return nil }
    return try DefaultDataDirectory.url(environment)
  }

  /// The folder of a setting. An empty one comes from a variable of a script that is not set, and is no folder.
  static func dataDirectory(_ path: String) throws(CommandFailure) -> URL {
    guard !path.isEmpty else { throw CommandFailure(.usage, "data-dir must name a folder") }
    return URL(filePath: path)
  }
}
