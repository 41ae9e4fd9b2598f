// Lists that come in pages.

import Foundation
import KMSClient
import Testing

import struct KMSModel.Tag

extension Scenario {
  static let pages = [
    Scenario("all keys are listed, page by page") { kms in
      var made: Set<String> = []
      for _ in 0..<5 { made.insert(try await kms.makeKey().arn) }
      var (pages, listed) = (0, Set<String>())
      for try await page in kms.listKeysPages(limit: 2) {
        #expect(page.keys.count <= 2)
        pages += 1
        listed.formUnion(page.keys.map(\.keyARN))
      }
      #expect(pages >= 3)
      #expect(listed.isSuperset(of: made))
    },
    Scenario("the aliases of a key are listed, one by one") { kms in
      let key = try await kms.makeKey()
      let names = (0..<5).map { "alias/\(freshName())-\($0)" }
      for name in names { try await kms.createAlias(aliasName: name, targetKeyID: key.keyID) }
      #expect(try await count(kms.listAliasesPages(keyID: key.keyID, limit: 2)) == 3)
      var listed: [String] = []
      for try await alias in kms.listAliasesPages(keyID: key.keyID, limit: 2).items { listed.append(alias.aliasName) }
      #expect(listed.sorted() == names.sorted())
    },
    Scenario("the grants of a key are listed, one by one") { kms in
      let key = try await kms.makeKey()
      var made: Set<String> = []
      for _ in 0..<5 {
        let grant = try await kms.createGrant(
          keyID: key.keyID, granteePrincipal: "arn:aws:iam::123456789012:root", operations: [.decrypt])
        made.insert(grant.grantID)
      }
      #expect(try await count(kms.listGrantsPages(keyID: key.keyID, limit: 2)) == 3)
      var listed: [String] = []
      for try await grant in kms.listGrantsPages(keyID: key.keyID, limit: 2).items { listed.append(grant.grantID) }
      #expect(listed.count == 5 && Set(listed) == made)
    },
    Scenario("the tags of a key are listed, one by one") { kms in
      let names = (0..<5).map { "tag-\($0)" }
      let key = try await kms.makeKey(tags: names.map { Tag(tagKey: $0, tagValue: "value") })
      #expect(try await count(kms.listResourceTagsPages(keyID: key.keyID, limit: 2)) == 3)
      var listed: [String] = []
      for try await tag in kms.listResourceTagsPages(keyID: key.keyID, limit: 2).items { listed.append(tag.tagKey) }
      #expect(listed.sorted() == names)
    },
    Scenario("the rotations of a key are listed, one by one") { kms in
      let key = try await kms.makeKey()
      for _ in 0..<3 { _ = try await kms.rotateKeyOnDemand(keyID: key.keyID) }
      #expect(try await count(kms.listKeyRotationsPages(keyID: key.keyID, limit: 2)) == 2)
      var dates: Set<Double> = []
      for try await rotation in kms.listKeyRotationsPages(keyID: key.keyID, limit: 2).items {
        #expect(rotation.rotationType == .onDemand)
        dates.insert(try #require(rotation.rotationDate).timeIntervalSince1970)
      }
      #expect(dates.count == 3)
    },
  ]

  /// How many pages there are.
  static func count<Operation>(_ pages: PageSequence<Operation>) async throws -> Int {
    try await pages.reduce(0) { count, _ in count + 1 }
  }
}
