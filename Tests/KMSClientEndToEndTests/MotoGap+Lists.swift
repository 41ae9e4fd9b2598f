// moto's differences about grants, pages and rotation.

import KMSClient
import Testing

import struct KMSModel.Tag

extension MotoGap {
  static let grants = [
    MotoGap("grants are listed as they were made", .leavesOutMembers) { kms in
      let key = try await kms.makeKey()
      _ = try await grant(on: key, by: kms)
      await expectRefusal(ListGrantsError.self, { if case .decoding = $0 { true } else { false } }) {
        _ = try await kms.listGrants(keyID: key.keyID)
      }
    },
    MotoGap("a call is asked about and not made", .ignoresDryRun) { kms in
      let key = try await kms.makeKey()
      let answer = try await kms.can(.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256)))
      guard case .performed = answer else {
        Issue.record("\(answer)")
        return
      }
      #expect(!answer.isAllowed)
    },
  ]

  static let pages = [
    MotoGap("all keys are listed, page by page", .ignoresLimit) { kms in
      var made: Set<String> = []
      for _ in 0..<3 { made.insert(try await kms.makeKey().arn) }
      var (pages, listed) = (0, Set<String>())
      for try await page in kms.listKeysPages(limit: 2) {
        pages += 1
        listed.formUnion(page.keys.map(\.keyARN))
      }
      #expect(pages == 1)
      #expect(listed.isSuperset(of: made))
    },
    MotoGap("the aliases of a key are listed, one by one", .ignoresLimit) { kms in
      let key = try await kms.makeKey()
      let names = (0..<5).map { "alias/\(freshName())-\($0)" }
      for name in names { try await kms.createAlias(aliasName: name, targetKeyID: key.keyID) }
      #expect(try await Scenario.count(kms.listAliasesPages(keyID: key.keyID, limit: 2)) == 1)
      var listed: [String] = []
      for try await alias in kms.listAliasesPages(keyID: key.keyID, limit: 2).items { listed.append(alias.aliasName) }
      #expect(listed.sorted() == names.sorted())
    },
    MotoGap("the grants of a key are listed, one by one", .leavesOutMembers) { kms in
      let key = try await kms.makeKey()
      _ = try await grant(on: key, by: kms)
      await expectRefusal(ListGrantsError.self, { if case .decoding = $0 { true } else { false } }) {
        _ = try await Scenario.count(kms.listGrantsPages(keyID: key.keyID, limit: 2))
      }
    },
    MotoGap("the tags of a key are listed, one by one", .ignoresLimit) { kms in
      let names = (0..<5).map { "tag-\($0)" }
      let key = try await kms.makeKey(tags: names.map { Tag(tagKey: $0, tagValue: "value") })
      #expect(try await Scenario.count(kms.listResourceTagsPages(keyID: key.keyID, limit: 2)) == 1)
      var listed: [String] = []
      for try await tag in kms.listResourceTagsPages(keyID: key.keyID, limit: 2).items { listed.append(tag.tagKey) }
      #expect(listed.sorted() == names)
    },
  ]

  static let rotation = [
    MotoGap("rotation is switched on and off", .leavesOutMembers) { kms in
      let key = try await kms.makeKey()
      try await kms.enableKeyRotation(keyID: key.keyID)
      await expectRefusal(GetKeyRotationStatusError.self, { if case .decoding = $0 { true } else { false } }) {
        _ = try await kms.getKeyRotationStatus(keyID: key.keyID)
      }
      try await kms.disableKeyRotation(keyID: key.keyID)
    }
  ]

  private static func grant(on key: KeyMetadata, by kms: KMSClient) async throws -> CreateGrantOutput {
    try await kms.createGrant(
      keyID: key.keyID, granteePrincipal: "arn:aws:iam::123456789012:root", operations: [.decrypt])
  }
}
