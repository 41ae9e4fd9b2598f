// What AWS publishes about KMS's endpoints: the rules in Model/kms.json, and the cases that test them.

import AWSJSON
import Foundation
import Testing

@testable import AWSClient

enum PublishedEndpoints {
  private static let checkout = URL(filePath: #filePath).deletingLastPathComponent()  // Endpoints
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let casesFile: URL = {
    let folder =
      ProcessInfo.processInfo.environment["KEYWRIGHT_TEST_DATA"].map { URL(filePath: $0) }
      ?? checkout.deletingLastPathComponent().appending(path: "shared/data")
    return folder.appending(component: "kms-endpoint-tests.json")
  }()

  /// In continuous integration a missing file is a failure, elsewhere a reason to skip.
  static var areExpected: Bool {
    FileManager.default.fileExists(atPath: casesFile.path) || ProcessInfo.processInfo.environment["CI"] == "true"
  }

  /// The JSON of KMS's rule set, as its generated client has it.
  static let kmsRules: String = (try? readKMSRules()) ?? ""

  static func readKMSRules() throws -> String {
    let model = try readJSON(Data(contentsOf: checkout.appending(path: "Model/kms.json")))
    let service = try #require(model["shapes"]?["com.amazonaws.kms#TrentService"])
    var writer = JSONWriter()
    writer.document(try #require(service["traits"]?["smithy.rules#endpointRuleSet"]))
    return String(decoding: writer.finish(), as: UTF8.self)
  }

  static let kms = ServiceDescription(
    id: "KMS", name: "KMS", signingName: "kms", endpointPrefix: "kms", endpointRules: EndpointRuleSet(json: kmsRules))

  /// All published cases; empty when they cannot be read, which ``KMSEndpointTests`` notices.
  static let cases: [PublishedEndpointCase] = (try? readCases()) ?? []

  static func readCases() throws -> [PublishedEndpointCase] {
    try numberedCases().map { try PublishedEndpointCase($1, number: $0) }
  }

  static func numberedCases() throws -> [(Int, JSONValue)] {
    let document = try readJSON(Data(contentsOf: casesFile))
    guard case .array(let cases)? = document["testCases"] else { throw UnexpectedShape() }
    return Array(cases.enumerated())
  }

  static func readJSON(_ data: Data) throws -> JSONValue {
    var reader = JSONReader(Array(data), maximumDepth: 128)
    let value = try reader.readDocument()
    try reader.finish()
    return value
  }

  struct UnexpectedShape: Error {}
}

/// One case of `kms-endpoint-tests.json`.
struct PublishedEndpointCase: Sendable, CustomTestStringConvertible {
  enum Expectation: Equatable, Sendable {
    case url(String)
    case error(String)
  }

  let testDescription: String
  let parameters: [String: EndpointValue]
  let expectation: Expectation

  init(_ json: JSONValue, number: Int) throws {
    guard case .string(let documentation)? = json["documentation"] else { throw PublishedEndpoints.UnexpectedShape() }
    testDescription = "\(number): \(documentation)"
    parameters = try json["params"].map { try #require(EndpointValue($0)?.record) } ?? [:]
    switch (json["expect"]?["endpoint"]?["url"], json["expect"]?["error"]) {
    case (.string(let url)?, nil): expectation = .url(url)
    case (nil, .string(let text)?): expectation = .error(text)
    default: throw PublishedEndpoints.UnexpectedShape()
    }
  }
}

extension JSONValue {
  subscript(name: String) -> JSONValue? {
    if case .object(let members) = self { members[name] } else { nil }
  }
}
