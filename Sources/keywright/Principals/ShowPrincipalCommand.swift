// `keywright principal show`.

import ArgumentParser
import KMSDomain

/// Shows a principal with its access keys.
struct ShowPrincipalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a user or a role: its policies, tags and access keys.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var account: AccountOptions

  @Argument(help: "An ARN, a name, user/NAME or role/NAME.")
  var principal: PrincipalReference

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      let account = try account.id(self.store)
      let (found, keys) = try await store.look { [principal] reader throws(Fault) in
        let found = try reader.principal(principal, in: account)
        return (found, try reader.accessKeys(of: found.arn))
      }
      CommandOutput.print { $0.principal(found, accessKeys: found.kind == .user ? keys : nil) }
    }
  }
}
