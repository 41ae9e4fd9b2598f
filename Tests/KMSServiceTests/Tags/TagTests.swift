// Tags: added, replaced, removed and listed in pages.

import KMSDomain
import KMSModel
import Testing

@Suite struct TagTests {
  private typealias Tag = KMSModel.Tag

  private static func tags(_ count: Int, value: String = "") -> [KMSModel.Tag] {
    (0..<count).map { KMSModel.Tag(tagKey: "key-\($0)", tagValue: value) }
  }

  private static func list(_ service: TestService, _ key: KeyMetadata) async throws -> [KMSModel.Tag] {
    try await service.call(ListResourceTags.self, ListResourceTagsInput(keyID: key.keyID)).tags
  }

  @Test func valuesAreReplacedAndTheRestStays() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(
      CreateKeyInput(tags: [Tag(tagKey: "b", tagValue: "1"), Tag(tagKey: "a", tagValue: "")]))
    #expect(try await Self.list(service, key).map(\.tagKey) == ["a", "b"])
    _ = try await service.call(
      TagResource.self,
      TagResourceInput(keyID: key.arn, tags: [Tag(tagKey: "b", tagValue: "2"), Tag(tagKey: "B", tagValue: "3")]))
    #expect(
      try await Self.list(service, key) == [
        Tag(tagKey: "B", tagValue: "3"), Tag(tagKey: "a", tagValue: ""), Tag(tagKey: "b", tagValue: "2"),
      ])
    _ = try await service.call(
      UntagResource.self, UntagResourceInput(keyID: key.keyID, tagKeys: ["a", "none", "B", "a"]))
    #expect(try await Self.list(service, key) == [Tag(tagKey: "b", tagValue: "2")])
    _ = try await service.call(TagResource.self, TagResourceInput(keyID: key.keyID, tags: []))
    _ = try await service.call(UntagResource.self, UntagResourceInput(keyID: key.keyID, tagKeys: []))
    #expect(try await Self.list(service, key) == [Tag(tagKey: "b", tagValue: "2")])
  }

  @Test func twoSpellingsOfACharacterAreTwoTags() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let tags = [Tag(tagKey: "e\u{301}", tagValue: "two scalars"), Tag(tagKey: "\u{E9}", tagValue: "one")]
    _ = try await service.call(TagResource.self, TagResourceInput(keyID: key.keyID, tags: tags))
    #expect(try await Self.list(service, key).map(\.tagValue) == ["two scalars", "one"])
    _ = try await service.call(UntagResource.self, UntagResourceInput(keyID: key.keyID, tagKeys: ["\u{E9}"]))
    #expect(try await Self.list(service, key).map(\.tagValue) == ["two scalars"])
  }

  @Test(arguments: [
    (tags(51), "Too many tags"), (tags(1) + tags(1, value: "x"), "Duplicate tag keys"),
    ([KMSModel.Tag(tagKey: "aws:x", tagValue: "")], "Tags beginning with aws: are reserved"),
    ([KMSModel.Tag(tagKey: "AwS:", tagValue: "")], "Tags beginning with aws: are reserved"),
  ])
  func refused(tags: [KMSModel.Tag], message: String) async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    let refusal = TestService.Refusal(status: 400, code: "TagException", message: message)
    await #expect(throws: refusal) { try await service.makeKey(CreateKeyInput(tags: tags)) }
    await #expect(throws: refusal) {
      try await service.call(TagResource.self, TagResourceInput(keyID: key.keyID, tags: tags))
    }
    #expect(try await Self.list(service, key).isEmpty)
  }

  @Test func reservedKeysAreNotRemoved() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    await #expect(
      throws: TestService.Refusal(
        status: 400, code: "TagException", message: "Tags beginning with aws: are reserved")
    ) { try await service.call(UntagResource.self, UntagResourceInput(keyID: key.keyID, tagKeys: ["a", "Aws:b"])) }
  }

  @Test func fiftyTagsAndNoMore() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(tags: Self.tags(49)))
    // All at once: the limit holds against races too.
    let outcomes = await withTaskGroup(of: String?.self) { group in
      for number in 0..<5 {
        group.addTask {
          let tags = [KMSModel.Tag(tagKey: "more-\(number)", tagValue: "")]
          do {
            _ = try await service.call(TagResource.self, TagResourceInput(keyID: key.keyID, tags: tags))
            return nil
          } catch {
            return (error as? TestService.Refusal)?.code
          }
        }
      }
      return await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == nil }.count == 1)
    #expect(outcomes.filter { $0 == "TagException" }.count == 4)
    // What is there already may get another value.
    _ = try await service.call(TagResource.self, TagResourceInput(keyID: key.keyID, tags: Self.tags(49, value: "new")))
    let listed = try await Self.list(service, key)
    #expect(listed.count == 50)
    #expect(listed.filter { $0.tagValue == "new" }.count == 49)
  }

  @Test func aSmallerQuota() async throws {
    var quotas = ResourceQuotas()
    quotas.tagsPerKey = 2
    let service = try await TestService(quotas: quotas)
    let key = try await service.makeKey(CreateKeyInput(tags: Self.tags(2)))
    await #expect(throws: TestService.Refusal(status: 400, code: "TagException", message: "Too many tags")) {
      try await service.call(
        TagResource.self, TagResourceInput(keyID: key.keyID, tags: [Tag(tagKey: "third", tagValue: "")]))
    }
  }

  @Test(arguments: [1, 2, 7, 49, 50])
  func pages(limit: Int) async throws {
    let service = try await TestService()
    let tags = Self.tags(49) + [Tag(tagKey: String(repeating: "é", count: 128), tagValue: "")]
    let key = try await service.makeKey(CreateKeyInput(tags: tags.shuffled()))
    var found: [String] = []
    var marker: String?
    repeat {
      let page = try await service.call(
        ListResourceTags.self, ListResourceTagsInput(keyID: key.keyID, limit: limit, marker: marker))
      #expect(page.tags.count <= limit)
      #expect(page.truncated == (page.nextMarker != nil))
      found += page.tags.map(\.tagKey)
      marker = page.nextMarker
    } while marker != nil
    #expect(found == tags.map(\.tagKey).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test func markersSurviveTheTagTheyName() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(tags: Self.tags(3)))
    let other = try await service.makeKey(CreateKeyInput(tags: Self.tags(3)))
    let first = try await service.call(ListResourceTags.self, ListResourceTagsInput(keyID: key.keyID, limit: 1))
    let marker = try #require(first.nextMarker)
    _ = try await service.call(UntagResource.self, UntagResourceInput(keyID: key.keyID, tagKeys: ["key-0"]))
    let rest = try await service.call(ListResourceTags.self, ListResourceTagsInput(keyID: key.keyID, marker: marker))
    #expect(rest.tags.map(\.tagKey) == ["key-1", "key-2"])
    await #expect {
      try await service.call(ListResourceTags.self, ListResourceTagsInput(keyID: other.keyID, marker: marker))
    } throws: { ($0 as? TestService.Refusal)?.code == "InvalidMarkerException" }
  }

  @Test func aPageHasFiftyAtMost() async throws {
    let service = try await TestService()
    let key = try await service.makeKey()
    await #expect(
      throws: TestService.Refusal(
        status: 400, code: "ValidationException",
        message:
          "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 50"
      )
    ) { try await service.call(ListResourceTags.self, ListResourceTagsInput(keyID: key.keyID, limit: 51)) }
  }

  @Test func aKeyThatWaitsForDeletionKeepsItsTags() async throws {
    let service = try await TestService()
    let key = try await service.makeKey(CreateKeyInput(tags: Self.tags(1)))
    _ = try await service.call(ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID))
    let refusal = TestService.Refusal(
      status: 400, code: "KMSInvalidStateException", message: "\(key.arn) is pending deletion.")
    await #expect(throws: refusal) {
      try await service.call(TagResource.self, TagResourceInput(keyID: key.keyID, tags: Self.tags(2)))
    }
    await #expect(throws: refusal) {
      try await service.call(UntagResource.self, UntagResourceInput(keyID: key.keyID, tagKeys: ["key-0"]))
    }
    #expect(try await Self.list(service, key) == Self.tags(1))
  }
}
