// Policies of principals as the database keeps them: JSON that people and SQLite's JSON functions can read.

import FoundationEssentials
import KMSDomain

/// A list of policies as a JSON array of objects with `name` and `document`, in their order.
struct StoredPolicies {
  private struct Element: Codable {
    let name: String
    let document: String
  }

  /// The JSON.
  let json: String

  /// What the database holds.
  init(json: String) {
    self.json = json
  }

  /// The JSON for `policies`.
  init(_ policies: [Principal.Policy]) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let elements = policies.map { Element(name: $0.name, document: $0.document) }
    json = String(decoding: try encoder.encode(elements), as: UTF8.self)
  }

  /// The policies.
  func policies() throws -> [Principal.Policy] {
    try JSONDecoder().decode([Element].self, from: Data(json.utf8)).map {
      Principal.Policy(name: $0.name, document: $0.document)
    }
  }
}
