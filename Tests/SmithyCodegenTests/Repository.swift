// Files of the checkout that the tests look at.

import Foundation

/// The checkout these tests were compiled from.
enum Repository {
  /// The folder that has `Package.swift`.
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func path(_ relative: String) -> String { root.appending(path: relative).path }

  static func bytes(_ relative: String) throws -> [UInt8] {
    Array(try Data(contentsOf: root.appending(path: relative)))
  }
}
