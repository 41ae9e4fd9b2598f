// The root key, for commands that make secrets.

import ArgumentParser
import Foundation
import KMSService
import KMSStoreSQLite

/// The key that protects the store's secrets.
struct RootKeyOptions: ParsableArguments {
  @Option(help: "Where the root key is: file:PATH. (default: $KEYWRIGHT_ROOT_KEY, or file:DATA-DIR/root.key)")
  var rootKey: String?

  /// Opens the keys of a store that the service has made.
  func keys(of store: SQLiteStore, at place: StoreOptions) async throws(CommandFailure) -> StoreKeys {
    let settings = try place.settings(flags: ["root-key": rootKey])
    let directory = try place.directory()
    let path =
      try ServeConfiguration.keyFile("root-key", settings.value("root-key"))
      ?? directory.appending(path: "root.key").path(percentEncoded: false)
    do {
      guard try await StoreKeys.exist(in: store) else {
        throw CommandFailure(.configuration, "the store has no keys yet: the service makes them at its first start")
      }
      return try await StoreKeys.open(store, rootKey: try RootKeyFile(path: path).load())
    } catch let failure as CommandFailure {
      throw failure
    } catch let failure as StoreKeys.Failure {
      throw CommandFailure(.configuration, failure.description)
    } catch let failure as RootKeyFile.Failure {
      throw CommandFailure(.noPermission, failure.description)
    } catch {
      throw CommandFailure(.configuration, "the store's keys cannot be had: \(error)")
    }
  }
}
