// `keywright principal create-role`.

import ArgumentParser
import KMSDomain

/// Makes a role.
struct CreateRoleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "create-role", abstract: "Make a role.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var account: AccountOptions
  @OptionGroup var principal: NewPrincipalOptions

  @Argument(help: "The role's name.")
  var name: String

  @Option(help: "JSON file of the policy that says who may assume the role.")
  var trustPolicy: String

  @Option(help: "How long a session may last, in seconds from 900 to 43200.")
  var maxSessionDuration: Int = Principal.defaultSessionDuration

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      try Principal.checkSessionDuration(maxSessionDuration)
      try await principal.create(
        .role, named: name, in: try account.id(self.store), of: store, trustPolicyFile: trustPolicy,
        maximumSessionDuration: maxSessionDuration)
    }
  }
}
