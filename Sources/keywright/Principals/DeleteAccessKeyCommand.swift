// `keywright principal delete-access-key`.

import ArgumentParser

/// Deletes an access key.
struct DeleteAccessKeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete-access-key", abstract: "Delete an access key.")

  @OptionGroup var store: StoreOptions

  @Argument(help: "The access key's id.")
  var id: String

  func run() async throws {
    try await store.run { store throws(CommandFailure) in
      try await AccessKeyChange.delete.make(to: id, in: store)
    }
  }
}
