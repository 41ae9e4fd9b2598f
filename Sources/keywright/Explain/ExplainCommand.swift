// `keywright explain`: who may do what, and why.

import ArgumentParser
import Foundation
import KMSAccess
import KMSDomain
import KMSStoreSQLite

/// Says whether a principal may do something, and what every policy and grant has to say of it.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say whether a principal may do something with a key, and why.",
    discussion: """
      Reads the store of a service that is running or stopped, and needs no root key. The decision is the one that the \
      service would make; the exit code is 0 when it is to allow, 1 when it is to deny.

      What a request would have that is not said here it is taken not to have, or to have by default: no TLS, \
      SYMMETRIC_DEFAULT, an empty encryption context, no source address.
      """)

  @OptionGroup var options: ExplainOptions
  @OptionGroup var account: AccountOptions
  @OptionGroup var storeOptions: StoreOptions

  func run() async throws {
    var isAllowed = false
    try await storeOptions.run { store throws(CommandFailure) in
      let explanation = try await explain(store)
      print(options.json ? try explanation.json() : explanation.text)
      isAllowed = explanation.isAllowed
    }
    // A denial has been explained already.
    guard isAllowed else { throw ExitCode(CommandFailure.Status.serviceError.rawValue) }
  }

  private func explain(_ store: SQLiteStore) async throws(CommandFailure) -> Explanation {
    let action = try ExplainedAction(options.action)
    let region = try options.calledRegion(storeOptions)
    let session = try ExplainedSession(options)
    var attributes = try ExplainedAttributes(options, action)
    let settings = try storeOptions.settings(flags: ["identities": options.identities])
    let identities = try await ExplainedIdentities(
      store, declaredIn: settings.value("identities"), partition: region.partition)
    let caller = try identities.caller(options.principal, in: try account.id(storeOptions), session)
    let origin = RequestOrigin(sourceIP: try options.checkedSourceIP, time: Date().timeIntervalSince1970)
    let demands = try await ExplainedResources(store, caller: caller.identity, region: region)
      .demands(of: action, options, &attributes)
    var explanation = Explanation(action: action, notes: caller.notes + attributes.notes)
    for demand in demands {
      let request = AccessRequest(
        identity: caller.identity, region: region, origin: origin, demand: demand.demand, facts: demand.facts)
      explanation.add(DecisionTrace(request, grants: demand.grants), keyState: demand.keyState)
    }
    return explanation
  }
}
