// `keywright principal disable-access-key`.

import ArgumentParser

/// Disables an access key.
struct DisableAccessKeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disable-access-key",
    abstract: "Refuse requests that are signed with an access key, until it is enabled again.")

  @OptionGroup var store: StoreOptions

  @Argument(help: "The access key's id.")
  var id: String

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      try await AccessKeyChange.disable.make(to: id, in: store)
    }
  }
}
