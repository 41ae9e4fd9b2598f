// `keywright principal attach-policy`.

import ArgumentParser
import KMSDomain

/// Attaches a policy to a principal.
struct AttachPolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach-policy",
    abstract: "Attach an identity policy to a user or a role; it replaces one of the same name.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var account: AccountOptions

  @Argument(help: "An ARN, a name, user/NAME or role/NAME.")
  var principal: PrincipalReference

  @Option(help: "The policy's name.")
  var policyName: String

  @Option(help: "JSON file of the policy.")
  var policy: String

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      let account = try account.id(self.store)
      guard Principal.isPolicyName(policyName) else {
        throw CommandFailure(.usage, "a policy's name has 1 to 128 letters, digits and +=,.@_-")
      }
      let policy = Principal.Policy(name: policyName, document: try PolicyFile.identityPolicy(policy))
      let changed = try await store.change { [principal] transaction throws(Fault) in
        var found = try transaction.principal(principal, in: account)
        if let index = found.policies.firstIndex(where: { $0.name == policy.name }) {
          found.policies[index] = policy
        } else {
          found.policies.append(policy)
        }
        try transaction.put(found)
        return found
      }
      CommandOutput.print { $0.principal(changed) }
    }
  }
}
