// The flags of `keywright explain`.

import ArgumentParser
import Foundation
import KMSDomain

/// What the command line says of a request that is to be explained, and where the service's data is.
struct ExplainOptions: ParsableArguments {
  @Option(help: "Who asks: the ARN of a user, a role, a role's session or an account's root, or an account id.")
  var principal: String

  @Option(help: "What is asked, such as kms:Decrypt.")
  var action: String

  @Option(help: "The key: id, key ARN, alias name or alias ARN.")
  var key: String?

  @Option(help: "For CreateAlias, UpdateAlias and DeleteAlias: the alias; --key is what it is to stand for.")
  var alias: String?

  @Option(help: "For RetireGrant: the id of the grant.")
  var grant: String?

  @Option(help: "The Region that is called. (default: that of the key's ARN, or as for serve)")
  var region: String?

  @Option(
    name: .customLong("encryption-context"), parsing: .upToNextOption,
    help: "Pairs KEY=VALUE of the encryption context.")
  var encryptionContext: [PairArgument] = []

  @Option(
    parsing: .upToNextOption, help: "Values of condition keys, such as kms:SigningAlgorithm=ED25519_SHA_512.")
  var context: [PairArgument] = []

  @Option(parsing: .upToNextOption, help: "Tags KEY=VALUE that the request would set.")
  var tag: [PairArgument] = []

  @Option(name: .customLong("source-ip"), help: "The address that the request would come from.")
  var sourceIP: String?

  @Option(help: "File of the policy that a role's session was begun with.")
  var sessionPolicy: String?

  @Option(help: "Folder of the service's store. (default: as for serve)")
  var dataDir: String?

  @Option(help: "The file that the service has as its --identities.")
  var identities: String?

  @Flag(help: "Print JSON.")
  var json = false

  /// What `keywright serve` would take from the environment and the configuration file, for what is not said here.
  func serveConfiguration() throws(CommandFailure) -> ServeConfiguration {
    var arguments: [String] = []
    if let dataDir { arguments += ["--data-dir=\(dataDir)"] }
    if let identities { arguments += ["--identities=\(identities)"] }
    let environment = ProcessInfo.processInfo.environment
    let options: ServeOptions
    do {
      options = try ServeOptions.parse(arguments)
    } catch {
      throw CommandFailure(.usage, "\(error)")
    }
    return try ServeConfiguration(try Settings(options, environment: environment), environment: environment)
  }

  /// The Region that is called, as far as the command line says it: a key's ARN does.
  var calledRegion: Region? {
    get throws(CommandFailure) {
      if let region {
        guard let region = Region(region) else {
          throw CommandFailure(.usage, "'\(region)' is not the name of a Region")
        }
        return region
      }
      guard let name = key ?? alias, let reference = try? KeyReference(name) else { return nil }
      return reference.home?.region
    }
  }

  /// The source address, if there is one and it is one.
  var checkedSourceIP: String? {
    get throws(CommandFailure) {
      guard let sourceIP else { return nil }
      var address = in6_addr()
      guard inet_pton(AF_INET, sourceIP, &address) == 1 || inet_pton(AF_INET6, sourceIP, &address) == 1 else {
        throw CommandFailure(.usage, "'\(sourceIP)' is no IP address")
      }
      return sourceIP
    }
  }
}
