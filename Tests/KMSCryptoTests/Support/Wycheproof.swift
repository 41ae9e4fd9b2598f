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
    let privateSeed: String?
    let privateKeyPkcs8: String?
    /// Text for ML-DSA; other files have objects here, which are passed over.
    let publicKey: String?
    let tests: [Case]

    private enum CodingKeys: CodingKey {
      case keySize, ivSize, tagSize, publicKeyDer, sha, sLen, privateSeed, privateKeyPkcs8, publicKey, tests
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      keySize = try values.decodeIfPresent(Int.self, forKey: .keySize)
      ivSize = try values.decodeIfPresent(Int.self, forKey: .ivSize)
      tagSize = try values.decodeIfPresent(Int.self, forKey: .tagSize)
      publicKeyDer = try values.decodeIfPresent(String.self, forKey: .publicKeyDer)
      sha = try values.decodeIfPresent(String.self, forKey: .sha)
      sLen = try values.decodeIfPresent(Int.self, forKey: .sLen)
      privateSeed = try values.decodeIfPresent(String.self, forKey: .privateSeed)
      privateKeyPkcs8 = try values.decodeIfPresent(String.self, forKey: .privateKeyPkcs8)
      publicKey = try? values.decodeIfPresent(String.self, forKey: .publicKey)
      tests = try values.decode([Case].self, forKey: .tests)
    }
  }

  struct Case: Decodable {
    enum Result: String, Decodable { case valid, invalid, acceptable }
    let tcId: Int
    let comment: String
    let flags: [String]
    let result: Result
    let key: String?
    let iv: String?
    let aad: String?
    let msg: String?
    let ct: String?
    let tag: String?
    let sig: String?
    let ctx: String?
    let mu: String?
    let label: String?
    let `public`: String?
    let `private`: String?
    let shared: String?
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
