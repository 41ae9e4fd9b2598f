// Keys for the tests of the domain.

import FoundationEssentials
import KMSDomain
import Testing

enum TestKey {
  /// A key in a given state.
  static func make(
    state: KeyState = .enabled, origin: KeyOrigin = .awsKMS, materialID: String? = nil
  ) throws -> Key {
    Key(
      id: try #require(KeyID("1234abcd-12ab-34cd-56ef-1234567890ab")), home: try home(),
      creationDate: Date(timeIntervalSince1970: 1_700_000_000), spec: .symmetricDefault, usage: .encryptDecrypt,
      origin: origin, description: "", state: state, policy: "{}", currentMaterialID: materialID)
  }

  /// An account and Region.
  static func home(_ account: String = "111122223333", _ region: String = "eu-west-1") throws -> AccountRegion {
    AccountRegion(account: try #require(AccountID(account)), region: try #require(Region(region)))
  }
}
