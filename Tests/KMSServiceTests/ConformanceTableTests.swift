// docs/conformance.md says what the service does: each row names the tests that show it, and they are looked at.

import Foundation
import KMSModel
import Testing

@Suite struct ConformanceTableTests {
  private static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The rows ``| `Name` | `test` … | … |`` of the document: a name, and its tests.
  private static func rows(_ isRow: (String) -> Bool) throws -> [String: [String]] {
    let document = checkout.appending(path: "docs/conformance.md")
    var rows: [String: [String]] = [:]
    for line in try String(contentsOf: document, encoding: .utf8).split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count >= 2, let name = quoted(cells[0]).first, isRow(name) else { continue }
      #expect(rows.updateValue(quoted(cells[1]), forKey: name) == nil, "\(name) has two rows")
    }
    return rows
  }

  private static func quoted(_ cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
  }

  @Test func everyOperationHasARowAndTests() throws {
    let rows = try Self.rows { KMSOperation(rawValue: $0) != nil }
    #expect(Set(rows.keys) == Set(KMSOperation.allCases.map(\.rawValue)))
    for (operation, tests) in rows {
      #expect(!tests.isEmpty, "\(operation) names no test")
      for test in tests { try expect(test, mentions: [operation, Self.snakeCase(operation)]) }
    }
  }

  @Test func everyKeySpecHasARowAndTests() throws {
    let specs = KeySpec.allKnown.map(\.rawValue)
    let rows = try Self.rows(specs.contains)
    #expect(Set(rows.keys) == Set(specs))
    for (spec, tests) in rows {
      #expect(!tests.isEmpty, "\(spec) names no test")
      for test in tests { try expect(test, mentions: [spec]) }
    }
  }

  /// A test file under `Tests/` that names what it is said to test.
  private func expect(_ test: String, mentions names: [String]) throws {
    let file = Self.checkout.appending(path: "Tests").appending(path: test)
    let text = try String(contentsOf: file, encoding: .utf8)
    #expect(names.contains { text.contains($0) }, "\(test) does not mention \(names[0])")
  }

  /// `GenerateDataKey` as boto3 spells it.
  private static func snakeCase(_ name: String) -> String {
    name.reduce(into: "") { result, letter in
      if letter.isUppercase, !result.isEmpty { result += "_" }
      result += letter.lowercased()
    }
  }
}
