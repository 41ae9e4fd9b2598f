// `keywright principal create-access-key`.

import ArgumentParser
import Foundation
import KMSDomain
import KMSService
import KMSStoreSQLite
import SecureMemory

/// Makes an access key and prints it, the only time that its secret is shown.
struct CreateAccessKeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create-access-key",
    abstract: "Make an access key for a user, and print its id and its secret, which is never shown again.")

  @OptionGroup var store: StoreOptions
  @OptionGroup var rootKey: RootKeyOptions
  @OptionGroup var account: AccountOptions

  @Argument(help: "The user: an ARN or a name.")
  var user: PrincipalReference

  func run() async throws {
    try await store.run { opened throws(CommandFailure) in
      let account = try account.id(self.store)
      _ = ProcessHardening.apply()
      let keys = try await rootKey.keys(of: opened, at: self.store)
      let owner = try await opened.look { [user] reader throws(Fault) in try reader.user(user, in: account) }
      let (record, secret) = try Self.make(for: owner, keys)
      try await opened.change { transaction throws(Fault) in
        _ = try transaction.current(owner)
        guard try transaction.accessKeys(of: owner.arn).count < AccessKey.perPrincipal else {
          throw .command(
            .cannotCreate, "\(owner.arn) has \(AccessKey.perPrincipal) access keys already: delete one first")
        }
        try transaction.put(record)
      }
      CommandOutput.print { $0.accessKey(record, secret: secret) }
    }
  }

  private static func make(
    for owner: Principal, _ keys: StoreKeys
  ) throws(CommandFailure) -> (AccessKey, SecretBytes) {
    do {
      return try keys.makeAccessKey(for: owner, now: Date())
    } catch {
      throw CommandFailure(.configuration, "the access key cannot be made: \(error)")
    }
  }
}
