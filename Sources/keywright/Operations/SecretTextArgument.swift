// A secret text on the command line.

import ArgumentParser
import SecureMemory

/// A text given as it is, from a file (`@path`) or from standard input (`-`), which keep it out of the process list.
struct SecretTextArgument: ExpressibleByArgument {
  private let source: ByteSource

  init?(argument: String) {
    source = ByteSource(argument)
  }

  /// The text in UTF-8.
  func secret() throws -> SecretBytes { try source.read() }
}
