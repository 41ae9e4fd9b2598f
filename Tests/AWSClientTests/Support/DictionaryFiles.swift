// Shared files that a test writes down.

import SecureMemory

@testable import AWSClient

/// The content of files by their paths.
struct DictionaryFiles: SharedFileReader {
  var contents: [String: String]

  /// The two files at their usual places below `/home/app`.
  init(config: String? = nil, credentials: String? = nil) {
    contents = [:]
    contents["/home/app/.aws/config"] = config
    contents["/home/app/.aws/credentials"] = credentials
  }

  func content(of path: String) async throws(ConfigurationError) -> SecretBytes? {
    contents[path].map { SecretBytes($0.utf8) }
  }
}
