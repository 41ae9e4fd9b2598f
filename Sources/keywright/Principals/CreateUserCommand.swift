// `keywright principal create-user`.

import ArgumentParser
import KMSDomain

/// Makes a user.
struct CreateUserCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create-user", abstract: "Make a user. Without a policy it may do only what key policies say.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var account: AccountOptions
  @OptionGroup var principal: NewPrincipalOptions

  @Argument(help: "The user's name.")
  var name: String

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      try await principal.create(.user, named: name, in: try account.id(self.store), of: store)
    }
  }
}
