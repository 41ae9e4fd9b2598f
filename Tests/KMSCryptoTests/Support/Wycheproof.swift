// Vectors of C2SP/wycheproof (v1 schema), read from the test data beside the checkout.

import Foundation
import Testing

/// One file of vectors.
struct Wycheproof: Decodable {
  struct Group: Decodable {
    let keySize: Int?
    let ivSize: Int?
    let tagSize: Int?
    let publicKeyDer: String?
    let sha: String?
    let sLen: Int?
    let tests: [Case]
  }

  struct Case: Decodable {
    enum Result: String, Decodable { case valid, invalid, acceptable }
    let tcId: Int
    let comment: String
    let result: Result
    let key: String?
    let iv: String?
    let aad: String?
    let msg: String?
    let ct: String?
    let tag: String?
    let sig: String?
  }

  let numberOfTests: Int
  let testGroups: [Group]

  /// Reads `name`.json, and checks that every case of it was decoded.
  init(_ name: String) throws {
    let file = Self.folder.appending(component: name + ".json")
    self = try JSONDecoder().decode(Wycheproof.self, from: Data(contentsOf: file))
    try #require(testGroups.reduce(0) { $0 + $1.tests.count } == numberOfTests)
  }

  /// `KEYWRIGHT_TEST_DATA`, or `../shared/data` beside the checkout.
  static let folder: URL = {
    let data =
      ProcessInfo.processInfo.environment["KEYWRIGHT_TEST_DATA"].map { URL(filePath: $0) }
      ?? Checkout.root.deletingLastPathComponent().appending(components: "shared", "data")
    return data.appending(component: "wycheproof")
  }()
}

extension Trait where Self == ConditionTrait {
  /// Runs where the vectors are; in continuous integration always, so that their absence fails.
  static var needsWycheproof: Self {
    .enabled(
      if: Checkout.isContinuousIntegration || FileManager.default.fileExists(atPath: Wycheproof.folder.path),
      "the published vectors are not there: set KEYWRIGHT_TEST_DATA, or put them in ../shared/data")
  }
}
