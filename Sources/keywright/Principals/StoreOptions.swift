// Where the store is, for commands that work on it beside the service.

import ArgumentParser
import Foundation
import KMSStoreSQLite

/// The store that a command works on.
struct StoreOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder of the store. (default: $KEYWRIGHT_DATA_DIR, or $XDG_DATA_HOME/keywright)", valueName: "folder"))
  var dataDir: String?

  /// The folder.
  func directory() throws(CommandFailure) -> URL {
    let environment = ProcessInfo.processInfo.environment
    if let path = dataDir ?? environment["KEYWRIGHT_DATA_DIR"], !path.isEmpty { return URL(filePath: path) }
    return try DefaultDataDirectory.url(environment)
  }

  /// Runs a command's work on the store, closes it, and ends the process with a line when something is wrong.
  func run(_ work: (SQLiteStore) async throws(CommandFailure) -> Void) async throws {
    do throws(CommandFailure) {
      let store = try open()
      do throws(CommandFailure) {
        try await work(store)
      } catch {
        await store.close()
        throw error
      }
      await store.close()
    } catch {
      throw error.exit()
    }
  }

  private func open() throws(CommandFailure) -> SQLiteStore {
    let directory = try directory()
    do {
      return try SQLiteStore(besideService: directory.path(percentEncoded: false))
    } catch let error as StoreOpeningError {
      let status: CommandFailure.Status
      switch error {
      case .missing, .inaccessible: status = .noInput
      case .olderVersion, .newerVersion, .notDurable: status = .configuration
      case .notADatabase, .foreignDatabase, .corrupt: status = .dataError
      case .failed: status = .temporaryFailure
      }
      throw CommandFailure(status, error.description)
    } catch {
      throw CommandFailure(.temporaryFailure, "the store cannot be opened: \(error)")
    }
  }
}
