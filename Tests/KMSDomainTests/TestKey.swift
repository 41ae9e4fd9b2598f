// Keys for the tests of the domain.

import FoundationEssentials
import KMSDomain
import Testing

enum TestKey {
  /// The instant at which test keys and their materials are made.
  static let date = Date(timeIntervalSince1970: 1_700_000_000)

  /// A key in a given state.
  static func make(
    state: KeyState = .enabled, origin: KeyOrigin = .awsKMS, region: String = "eu-west-1",
    materials: [WrappedKeyMaterial] = [], rotation: RotationSchedule? = nil, multiRegion: MultiRegionRole? = nil
  ) throws -> Key {
    Key(
      id: try #require(KeyID("1234abcd-12ab-34cd-56ef-1234567890ab")), home: try home(region: region),
      creationDate: date, spec: .symmetricDefault, usage: .encryptDecrypt, origin: origin, description: "",
      state: state, policy: "{}", materials: materials, rotation: rotation, multiRegion: multiRegion)
  }

  /// A material that is there unless told otherwise.
  static func material(
    _ id: String, _ state: WrappedKeyMaterial.State, isThere: Bool = true, validTo: Date? = nil
  ) -> WrappedKeyMaterial {
    WrappedKeyMaterial(
      id: id, wrapped: isThere ? Array(id.utf8) : nil, creationDate: date, state: state, description: "of \(id)",
      validTo: validTo)
  }

  /// An account and Region.
  static func home(_ account: String = "111122223333", region: String = "eu-west-1") throws -> AccountRegion {
    AccountRegion(account: try #require(AccountID(account)), region: try #require(Region(region)))
  }

  /// A set of related keys' Regions.
  static func role(primary: String, replicas: String...) throws -> MultiRegionRole {
    MultiRegionRole(
      primaryRegion: try #require(Region(primary)), replicaRegions: try replicas.map { try #require(Region($0)) })
  }
}
