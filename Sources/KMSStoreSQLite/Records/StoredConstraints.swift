// Constraints of grants as the database keeps them: JSON that people and SQLite's JSON functions can read.

import FoundationEssentials
import KMSDomain

/// Constraints as a JSON object with `EncryptionContextEquals` and `EncryptionContextSubset`, either of which may be
/// missing, the pairs in the order of their keys.
struct StoredConstraints {
  private struct Constraints: Codable {
    let equals: [String: String]?
    let subset: [String: String]?

    private enum CodingKeys: String, CodingKey {
      case equals = "EncryptionContextEquals"
      case subset = "EncryptionContextSubset"
    }
  }

  /// The JSON.
  let json: String

  /// What the database holds.
  init(json: String) {
    self.json = json
  }

  /// The JSON for `constraints`.
  init(_ constraints: GrantConstraints) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let constraints = Constraints(
      equals: constraints.encryptionContextEquals, subset: constraints.encryptionContextSubset)
    json = String(decoding: try encoder.encode(constraints), as: UTF8.self)
  }

  /// The constraints.
  func constraints() throws -> GrantConstraints {
    let constraints = try JSONDecoder().decode(Constraints.self, from: Data(json.utf8))
    return GrantConstraints(
      encryptionContextEquals: constraints.equals, encryptionContextSubset: constraints.subset)
  }
}
