// `keywright explain`: who may do what, and why.

import ArgumentParser
import Foundation
import KMSAccess
import KMSStoreSQLite

/// Says whether a principal may do something, and what every policy and grant has to say of it.
struct ExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say whether a principal may do something with a key, and why.",
    discussion: """
      Reads the store of a service that is running or stopped, and needs no root key. The decision is the one that the \
      service would make; the exit code is 0 when it is to allow, 1 when it is to deny.

      What a request would have that is not said here it is taken not to have, or to have by default: no TLS, \
      SYMMETRIC_DEFAULT, an empty encryption context.
      """)

  @OptionGroup var options: ExplainOptions

  func run() async throws {
    do throws(CommandFailure) {
      let explanation = try await explain()
      print(options.json ? try explanation.json() : explanation.text)
      guard explanation.isAllowed else { throw CommandFailure(.serviceError, "") }
    } catch {
      // A denial has been explained already.
      throw error.message.isEmpty ? ExitCode(error.status.rawValue) : error.exit()
    }
  }

  private func explain() async throws(CommandFailure) -> Explanation {
    let action = try ExplainedAction(options.action)
    let configuration = try options.serveConfiguration()
    guard let directory = configuration.dataDirectory else {
      throw CommandFailure(.usage, "say where the data of the service is with --data-dir")
    }
    let store: SQLiteStore
    do {
      store = try SQLiteStore(besideService: directory.path(percentEncoded: false))
    } catch {
      throw CommandFailure(.noInput, "\(error)")
    }
    let result: Result<Explanation, CommandFailure>
    do throws(CommandFailure) {
      let identities = try await ExplainedIdentities(store, configuration)
      result = .success(try await explain(action, identities, store, configuration))
    } catch {
      result = .failure(error)
    }
    await store.close()
    return try result.get()
  }

  private func explain(
    _ action: ExplainedAction, _ identities: ExplainedIdentities, _ store: SQLiteStore,
    _ configuration: ServeConfiguration
  ) async throws(CommandFailure) -> Explanation {
    let caller = try identities.caller(options.principal, sessionPolicyFile: options.sessionPolicy)
    let region = try options.calledRegion ?? configuration.regions[0]
    var attributes = try ExplainedAttributes(options, action)
    let demands = try await ExplainedResources(store, caller: caller.identity, region: region)
      .demands(of: action, options, &attributes)
    var explanation = Explanation(action: action, notes: caller.notes + attributes.notes)
    for demand in demands {
      let request = AccessRequest(
        identity: caller.identity, region: region,
        origin: RequestOrigin(sourceIP: try options.checkedSourceIP, time: Date().timeIntervalSince1970),
        demand: demand.demand, facts: demand.facts)
      explanation.add(DecisionTrace(request, grants: demand.grants), keyState: demand.keyState)
    }
    return explanation
  }
}
