// `keywright principal detach-policy`.

import ArgumentParser
import KMSDomain

/// Detaches a policy from a principal.
struct DetachPolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "detach-policy", abstract: "Detach an identity policy from a user or a role.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var account: AccountOptions

  @Argument(help: "An ARN, a name, user/NAME or role/NAME.")
  var principal: PrincipalReference

  @Option(help: "The policy's name.")
  var policyName: String

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      let account = try account.id(self.store)
      let changed = try await store.change { [principal, policyName] transaction throws(Fault) in
        var found = try transaction.principal(principal, in: account)
        guard let index = found.policies.firstIndex(where: { $0.name == policyName }) else {
          throw .command(.noInput, "\(found.arn) has no policy '\(policyName)'")
        }
        found.policies.remove(at: index)
        try transaction.put(found)
        return found
      }
      CommandOutput.print { $0.principal(changed) }
    }
  }
}
