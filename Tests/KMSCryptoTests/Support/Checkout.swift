// Where this checkout is, and what runs the tests.

import Foundation

enum Checkout {
  /// The repository's folder: three above this file's own.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Whether a missing tool or file must fail a test rather than leave it out.
  static let isContinuousIntegration = ProcessInfo.processInfo.environment["CI"] == "true"
}
