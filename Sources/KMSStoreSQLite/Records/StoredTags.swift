// Tags as the database keeps them: JSON that people and SQLite's JSON functions can read.

import FoundationEssentials
import KMSDomain

/// A list of tags as a JSON array of objects with `key` and `value`, in the order the tags were given.
struct StoredTags {
  private struct Element: Codable {
    let key: String
    let value: String
  }

  /// The JSON.
  let json: String

  /// What the database holds.
  init(json: String) {
    self.json = json
  }

  /// The JSON for `tags`.
  init(_ tags: [Tag]) throws {
    guard !tags.isEmpty else {
      json = "[]"
      return
    }
    let elements = tags.map { Element(key: $0.key, value: $0.value) }
    json = String(decoding: try JSONEncoder().encode(elements), as: UTF8.self)
  }

  /// The tags.
  func tags() throws -> [Tag] {
    guard json != "[]" else { return [] }
    return try JSONDecoder().decode([Element].self, from: Data(json.utf8)).map { Tag(key: $0.key, value: $0.value) }
  }
}
