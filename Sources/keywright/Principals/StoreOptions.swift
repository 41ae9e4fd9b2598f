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

  @Option(
    help: "The configuration file of the service, which its settings are taken from. (default: $KEYWRIGHT_CONFIG)")
  var config: String?

  /// What the environment and the configuration file say, which `flags` win over.
  func settings(flags: [String: String?] = [:]) throws(CommandFailure) -> Settings {
    try Settings(
      flags: flags.compactMapValues { $0.map { [$0] } }, config: config,
      environment: ProcessInfo.processInfo.environment)
  }

  /// The folder.
  func directory() throws(CommandFailure) -> URL {
    let settings = try settings(flags: ["data-dir": dataDir])
    if let path = settings.value("data-dir") { return try ServeConfiguration.dataDirectory(path) }
    return try DefaultDataDirectory.url(ProcessInfo.processInfo.environment)
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
