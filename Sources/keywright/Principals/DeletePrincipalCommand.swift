// `keywright principal delete`.

import AWSJSON
import ArgumentParser
import KMSDomain
import KMSService

/// Deletes a principal.
struct DeletePrincipalCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete", abstract: "Delete a user with its access keys, or a role.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var account: AccountOptions

  @Argument(help: "An ARN, a name, user/NAME or role/NAME.")
  var principal: PrincipalReference

  @Flag(help: "Delete even the administrator of the first start.")
  var force = false

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      let account = try account.id(self.store)
      let deleted = try await store.change { [principal, force] transaction throws(Fault) in
        let found = try transaction.principal(principal, in: account)
        guard force || found.kind != .user || found.name != Administrator.userName else {
          throw .command(.usage, "\(found.arn) is not deleted without --force: no start makes another")
        }
        try transaction.deletePrincipal(found.arn)
        return found
      }
      CommandOutput.print { writer in
        writer.beginObject()
        writer.member("Arn" as StaticString)
        writer.string(deleted.arn)
        writer.endObject()
      }
    }
  }
}
