// Smithy's protocol tests as they were published: data beside the checkout, not in it.

internal import Foundation

/// The model that all published protocol tests are in.
public struct PublishedModel {
  private let shapes: [String: [String: Any]]

  private static let file: URL = {
    let checkout = URL(filePath: #filePath).deletingLastPathComponent()  // Harness
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder =
      ProcessInfo.processInfo.environment["KEYWRIGHT_TEST_DATA"].map { URL(filePath: $0) }
      ?? checkout.deletingLastPathComponent().appending(path: "shared/data")
    return folder.appending(component: "smithy-aws-protocol-tests.json")
  }()

  /// In continuous integration a missing file is a failure, elsewhere a reason to skip.
  public static var isExpected: Bool {
    FileManager.default.fileExists(atPath: file.path) || ProcessInfo.processInfo.environment["CI"] == "true"
  }

  public init() throws {
    let model = try JSONSerialization.jsonObject(with: Data(contentsOf: Self.file)) as? [String: Any]
    shapes = model?["shapes"] as? [String: [String: Any]] ?? [:]
  }

  /// The operations and errors that have tests of one of `protocols` and belong to none of `services`.
  public func shapesWithTests(of protocols: Set<String>, outsideOf services: [String]) -> Set<String> {
    let known = services.reduce(into: Set<String>()) { $0.formUnion(operationsAndErrors(of: $1)) }
    return Set(shapes.keys).subtracting(known).filter { shape in
      (requestTests(of: shape) + responseTests(of: shape)).contains { test in
        (test["protocol"] as? String).map(protocols.contains) ?? false
      }
    }
  }

  func operationsAndErrors(of service: String) -> Set<String> {
    let operations = targets(of: service, "operations")
    return operations.reduce(into: Set(operations)) { $0.formUnion(targets(of: $1, "errors")) }
  }

  func requestTests(of shape: String) -> [[String: Any]] { tests("smithy.test#httpRequestTests", of: shape) }

  func responseTests(of shape: String) -> [[String: Any]] { tests("smithy.test#httpResponseTests", of: shape) }

  private func tests(_ trait: String, of shape: String) -> [[String: Any]] {
    (shapes[shape]?["traits"] as? [String: Any])?[trait] as? [[String: Any]] ?? []
  }

  private func targets(of shape: String, _ list: String) -> [String] {
    (shapes[shape]?[list] as? [[String: Any]] ?? []).compactMap { $0["target"] as? String }
  }
}
