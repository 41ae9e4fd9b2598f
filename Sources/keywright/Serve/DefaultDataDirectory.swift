// Where the embedded store is when nobody says.

import Foundation

/// `$XDG_DATA_HOME/keywright`.
enum DefaultDataDirectory {
  /// The directory, by the XDG rules.
  static func url(_ environment: [String: String]) throws(CommandFailure) -> URL {
    if let dataHome = environment["XDG_DATA_HOME"], dataHome.hasPrefix("/") {
      return URL(filePath: dataHome).appending(path: "keywright")
    }
    guard let home = environment["HOME"], !home.isEmpty else {
      throw CommandFailure(.configuration, "there is no home directory: say where the data is to be with --data-dir")
    }
    return URL(filePath: home).appending(path: ".local/share/keywright")
  }
}
