// `keywright principal enable-access-key`.

import ArgumentParser

/// Enables an access key.
struct EnableAccessKeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "enable-access-key", abstract: "Believe requests that are signed with an access key again.")

  @OptionGroup var store: StoreOptions

  @Argument(help: "The access key's id.")
  var id: String

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      try await AccessKeyChange.enable.make(to: id, in: store)
    }
  }
}
