// Large real documents: the reader agrees with Foundation's on each of them.

import AWSJSON
import Foundation
import Testing

/// Published test data, kept beside the checkout.
enum PublishedData {
  static let folder: URL = {
    if let path = ProcessInfo.processInfo.environment["KEYWRIGHT_TEST_DATA"] { return URL(filePath: path) }
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return checkout.deletingLastPathComponent().appending(path: "shared/data")
  }()

  /// In continuous integration a missing folder is a failure, elsewhere a reason to skip.
  static var isExpected: Bool {
    FileManager.default.fileExists(atPath: folder.path) || ProcessInfo.processInfo.environment["CI"] == "true"
  }
}

@Suite("Published documents", .enabled(if: PublishedData.isExpected, "no test data at \(PublishedData.folder.path)"))
struct PublishedDocumentTests {
  @Test(
    "read, written and read again",
    arguments: [
      "smithy-aws-protocol-tests.json", "kms-endpoint-tests.json", "wycheproof/aes_gcm_test.json",
    ])
  func document(name: String) throws {
    let data = try Data(contentsOf: PublishedData.folder.appending(path: name))
    let value = try readDocument(Array(data))
    let expected = try JSONSerialization.jsonObject(with: data)
    #expect(Self.isEqual(value, expected))
    #expect(try readDocument(Array(written { $0.document(value) }.utf8)) == value)
    #expect(ReferenceJSON.read(Array(data)) == value)
  }

  private static func isEqual(_ value: JSONValue, _ other: Any) -> Bool {
    switch value {
    case .null: return other is NSNull
    case .bool(let bool): return (other as? Bool) == bool
    case .integer(let integer): return (other as? NSNumber)?.int64Value == integer
    case .number(let number): return (other as? NSNumber)?.doubleValue == number
    case .string(let text): return (other as? String) == text
    case .array(let values):
      guard let others = other as? [Any], others.count == values.count else { return false }
      return zip(values, others).allSatisfy { isEqual($0, $1) }
    case .object(let members):
      guard let others = other as? [String: Any], others.count == members.count else { return false }
      return members.allSatisfy { name, value in others[name].map { isEqual(value, $0) } ?? false }
    }
  }
}
