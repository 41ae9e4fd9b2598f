// The rules that tags obey in requests.

import KMSDomain
import KMSModel

/// What CreateKey, ReplicateKey, TagResource and UntagResource ask of tags.
enum TagRules {
  /// How many tags a request may have.
  static let tagsPerRequest = 50

  /// The tags of a request, once the rules that need no key hold.
  static func check(_ tags: [KMSModel.Tag]) throws(Fault) -> [KMSDomain.Tag] {
    guard tags.count <= tagsPerRequest else { throw .tooManyTags }
    // Tag keys are told apart byte by byte: as `String`s, two spellings of one character would be the same.
    guard Set(tags.map { Array($0.tagKey.utf8) }).count == tags.count else { throw .duplicateTagKeys }
    try checkNotReserved(tags.map(\.tagKey))
    return tags.map { KMSDomain.Tag(key: $0.tagKey, value: $0.tagValue) }
  }

  /// Refuses the tag keys that are AWS's own, in whatever case.
  static func checkNotReserved(_ tagKeys: [String]) throws(Fault) {
    // Byte by byte: a combining mark would make another character of the colon. Setting the bit of lower case leaves it.
    let reserved = Array("aws:".utf8)
    guard !tagKeys.contains(where: { $0.utf8.prefix(4).map { $0 | 0x20 } == reserved }) else { throw .reservedTag }
  }
}

extension KMSDomain.Tag {
  /// Whether this is the tag with exactly this key.
  func hasKey(_ key: String) -> Bool { self.key.utf8.elementsEqual(key.utf8) }
}
