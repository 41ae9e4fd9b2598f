// docs/conformance.md says what the service does: held against what it really serves.

import Foundation
import KMSModel
import KMSOperations
import KMSService
import Testing

@Suite struct ConformanceTableTests {
  /// Rows `| Operation | standing | … |` of the document.
  private static func rows() throws -> [String: String] {
    let document = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/conformance.md")
    var rows: [String: String] = [:]
    for line in try String(contentsOf: document, encoding: .utf8).split(separator: "\n") {
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count >= 2, cells[0].hasPrefix("`"), cells[0].hasSuffix("`") else { continue }
      let name = cells[0].trimmingCharacters(in: ["`"])
      guard KMSOperation(rawValue: name) != nil else { continue }
      #expect(rows.updateValue(cells[1], forKey: name) == nil, "\(name) has two rows")
    }
    return rows
  }

  @Test func everyOperationHasItsRow() throws {
    #expect(try Set(Self.rows().keys) == Set(KMSOperation.allCases.map(\.rawValue)))
  }

  @Test(arguments: KMSOperation.allCases)
  func standing(operation: KMSOperation) throws {
    let standing = try #require(try Self.rows()[operation.rawValue])
    let isServed = OperationEndpoint.all[operation] != nil
    #expect(standing == (isServed ? "served" : "unsupported"))
  }

  @Test(arguments: KMSOperation.allCases.filter { OperationEndpoint.all[$0] == nil })
  func whatIsNotServedSaysSo(operation: KMSOperation) async throws {
    let service = try await TestService()
    let response = await service.respond(target: "TrentService.\(operation.rawValue)", body: Array("{}".utf8))
    #expect(try TestService.refusal(response).code == "UnsupportedOperationException")
    #expect(response.status == 400)
  }
}
