// Nothing of the model is left out: each operation with the parameter can be asked, each of their errors is sorted.

import Foundation
import Testing

@testable import KMSClient

@Suite("Dry runs, against the model")
struct DryRunCoverageTests {
  /// The generated files of the operations that have the parameter, by operation.
  private func operations() throws -> [String: String] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let folder = root.appending(path: "Sources/KMSModel/Generated/Operations")
    var found: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
      let text = try String(contentsOf: file, encoding: .utf8)
      if text.contains("public var dryRun: Bool?") { found[file.deletingPathExtension().lastPathComponent] = text }
    }
    return found
  }

  @Test("each operation with DryRun can be asked")
  func everyOperation() throws {
    let found = try operations().keys.sorted()
    #expect(found.count >= 15)
    #expect(DryRunCase.all.map(\.testDescription).sorted() == found)
  }

  @Test("each error that they list either decides the question or is known not to")
  func everyError() throws {
    var listed: Set<String> = []
    for text in try operations().values {
      for match in text.matches(of: #/case (\w+Exception)\.code: self = \./#) { listed.insert(String(match.1)) }
    }
    let undecided: Set = ["KMSInternalException", "DependencyTimeoutException", "KeyUnavailableException"]
    #expect(listed == DryRunVerdict.codes.union(undecided).union(["DryRunOperationException"]))
    #expect(DryRunVerdict.codes.isDisjoint(with: undecided))
  }
}
