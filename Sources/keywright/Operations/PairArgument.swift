// Maps on the command line: `key=value`, repeated.

import ArgumentParser

/// One entry of a map.
struct PairArgument: ExpressibleByArgument {
  let key: String
  let value: String

  init?(argument: String) {
    guard let separator = argument.firstIndex(of: "=") else { return nil }
    key = String(argument[..<separator])
    value = String(argument[argument.index(after: separator)...])
  }
}

extension [PairArgument] {
  /// The map; a key given twice is a mistake of the user's.
  func dictionary() throws -> [String: String] {
    try reduce(into: [:]) { entries, pair in
      guard entries.updateValue(pair.value, forKey: pair.key) == nil else {
        throw ValidationError("'\(pair.key)' is given twice.")
      }
    }
  }
}
