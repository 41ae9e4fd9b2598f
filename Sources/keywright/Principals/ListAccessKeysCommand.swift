// `keywright principal list-access-keys`.

import AWSJSON
import ArgumentParser
import KMSDomain

/// Lists the access keys of a user.
struct ListAccessKeysCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list-access-keys", abstract: "List the access keys of a user.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var account: AccountOptions

  @Argument(help: "The user: an ARN or a name.")
  var user: PrincipalReference

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      let account = try account.id(self.store)
      let keys = try await store.look { [user] reader throws(Fault) in
        try reader.accessKeys(of: try reader.user(user, in: account).arn)
      }
      CommandOutput.print { writer in
        writer.beginObject()
        writer.member("AccessKeys" as StaticString)
        writer.list(keys) { writer, key in writer.accessKey(key) }
        writer.endObject()
      }
    }
  }
}
