// A KMS key as the store keeps it: everything about it but its material in clear.

public import struct FoundationEssentials.Date

/// A KMS key's record.
public struct Key: Hashable, Sendable {
  /// The id, unique in the Region. Related multi-Region keys share it.
  public let id: KeyID
  /// The owning account and the Region.
  public let home: AccountRegion
  /// When the key was made.
  public let creationDate: Date
  /// The kind of material.
  public let spec: KeySpec
  /// What it may be used for.
  public let usage: KeyUsage
  /// Where its material comes from.
  public let origin: KeyOrigin
  /// The owner's words; empty when there are none.
  public var description: String
  /// The state; change it with the methods of `Key+Lifecycle.swift`.
  public internal(set) var state: KeyState
  /// When the key will be deleted, while it is pending deletion.
  public internal(set) var deletionDate: Date?
  /// The waiting period that starts when the last replica is gone, while the key is pending replica deletion.
  public internal(set) var pendingDeletionWindowInDays: Int?
  /// The key policy document, as it was given.
  public var policy: String
  /// Labels, in the order they were given.
  public var tags: [Tag]
  /// Every generation of material, oldest first; empty while a first import is awaited.
  public internal(set) var materials: [WrappedKeyMaterial]
  /// DER SubjectPublicKeyInfo of an asymmetric key that has, or has had, material.
  public var publicKey: [UInt8]?
  /// When the key rotates by itself; nil when it does not.
  public internal(set) var rotation: RotationSchedule?
  /// The key's place among its relatives; nil for a single-Region key.
  public internal(set) var multiRegion: MultiRegionRole?
  /// The custom key store that the key is in.
  public let customKeyStoreID: String?
  /// The key behind an external key store's proxy that this key is associated with.
  public let externalKeyID: String?

  /// A key as it is made, or as a store read it.
  public init(
    id: KeyID, home: AccountRegion, creationDate: Date, spec: KeySpec, usage: KeyUsage, origin: KeyOrigin,
    description: String, state: KeyState, deletionDate: Date? = nil, pendingDeletionWindowInDays: Int? = nil,
    policy: String, tags: [Tag] = [], materials: [WrappedKeyMaterial] = [], publicKey: [UInt8]? = nil,
    rotation: RotationSchedule? = nil, multiRegion: MultiRegionRole? = nil, customKeyStoreID: String? = nil,
    externalKeyID: String? = nil
  ) {
    self.id = id
    self.home = home
    self.creationDate = creationDate
    self.spec = spec
    self.usage = usage
    self.origin = origin
    self.description = description
    self.state = state
    self.deletionDate = deletionDate
    self.pendingDeletionWindowInDays = pendingDeletionWindowInDays
    self.policy = policy
    self.tags = tags
    self.materials = materials
    self.publicKey = publicKey
    self.rotation = rotation
    self.multiRegion = multiRegion
    self.customKeyStoreID = customKeyStoreID
    self.externalKeyID = externalKeyID
  }

  /// The key's ARN.
  public var arn: String { home.keyARN(id) }
}
