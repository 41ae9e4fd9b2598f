// The flags of `keywright explain`.

import ArgumentParser
import Foundation
import KMSDomain

/// What the command line says of a request that is to be explained, and where the service's data is.
struct ExplainOptions: ParsableArguments {
  @Option(help: "Who asks: a user or a role, by name or ARN; the ARN of a role's session; an account id for its root.")
  var principal: String

  @Option(help: "What is asked, such as kms:Decrypt.")
  var action: String

  @Option(help: "The key: id, key ARN, alias name or alias ARN.")
  var key: String?

  @Option(help: "For CreateAlias, UpdateAlias and DeleteAlias: the alias; --key is the key that it is to stand for.")
  var alias: String?

  @Option(help: "For RetireGrant: the id of the grant.")
  var grant: String?

  @Option(help: "The Region that is called. (default: that of the key's ARN, or $KEYWRIGHT_REGION, or us-east-1)")
  var region: String?

  @Option(
    name: .customLong("encryption-context"), parsing: .upToNextOption,
    help: ArgumentHelp("Pairs of the encryption context; may be given again.", valueName: "key=value"))
  var encryptionContext: [PairArgument] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      """
      Values of condition keys, such as kms:SigningAlgorithm=ED25519_SHA_512; for a role's session also its tags, \
      aws:PrincipalTag/KEY=VALUE. May be given again.
      """, valueName: "key=value"))
  var context: [PairArgument] = []

  @Option(
    help: ArgumentHelp(
      """
      A register of an attested recipient; PCR 0 is kms:RecipientAttestation:ImageSha384 too. May be given again.
      """, valueName: "n=hex"))
  var pcr: [RegisterArgument] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Tags that the request would set; may be given again.", valueName: "key=value"))
  var tag: [PairArgument] = []

  @Option(name: .customLong("source-ip"), help: "The address that the request would come from.")
  var sourceIP: String?

  @Option(help: "File of the policy that a role's session was begun with.")
  var sessionPolicy: String?

  @Option(help: "The file that the service has as its --identities. (default: $KEYWRIGHT_IDENTITIES)")
  var identities: String?

  @Flag(help: "Print JSON.")
  var json = false

  /// The Region that is called: a key's ARN says it too.
  func calledRegion(_ store: StoreOptions) throws(CommandFailure) -> Region {
    if region == nil, let name = key ?? alias, let home = (try? KeyReference(name))?.home { return home.region }
    // The service may have several Regions; the first is its own.
    let name = try store.settings(flags: ["region": region]).values("region").first ?? "us-east-1"
    guard let region = Region(name) else { throw CommandFailure(.usage, "'\(name)' is not the name of a Region") }
    return region
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
