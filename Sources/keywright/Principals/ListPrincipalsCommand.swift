// `keywright principal list`.

import AWSJSON
import ArgumentParser
import KMSDomain

/// Lists principals.
struct ListPrincipalsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the users and roles of an account, or of all.")

  @OptionGroup var store: StoreOptions

  @Option(help: "Only those of this account.")
  var account: String?

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      var id: AccountID?
      if let account {
        id = AccountID(account)
        guard id != nil else { throw CommandFailure(.usage, "account must be 12 digits") }
      }
      let principals = try await store.look { [id] reader throws(Fault) in try reader.allPrincipals(in: id) }
      CommandOutput.print { writer in
        writer.beginObject()
        writer.member("Principals" as StaticString)
        writer.list(principals) { writer, principal in writer.principal(principal) }
        writer.endObject()
      }
    }
  }
}
