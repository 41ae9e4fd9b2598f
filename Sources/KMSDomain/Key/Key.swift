// A KMS key as the store keeps it: everything about it but its material in clear.

public import struct FoundationEssentials.Date

/// A KMS key's record.
public struct Key: Hashable, Sendable {
  /// The id, unique in the Region.
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
  /// The key policy document, as it was given.
  public var policy: String
  /// Labels, in the order they were given.
  public var tags: [Tag]
  /// Every generation of material, oldest first; empty while an import is awaited.
  public var materials: [WrappedKeyMaterial]
  /// The id of the material that encrypts now.
  public var currentMaterialID: String?
  /// DER SubjectPublicKeyInfo of an asymmetric key with material.
  public var publicKey: [UInt8]?

  /// A key as it is made, or as a store read it.
  public init(
    id: KeyID, home: AccountRegion, creationDate: Date, spec: KeySpec, usage: KeyUsage, origin: KeyOrigin,
    description: String, state: KeyState, deletionDate: Date? = nil, policy: String, tags: [Tag] = [],
    materials: [WrappedKeyMaterial] = [], currentMaterialID: String? = nil, publicKey: [UInt8]? = nil
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
    self.policy = policy
    self.tags = tags
    self.materials = materials
    self.currentMaterialID = currentMaterialID
    self.publicKey = publicKey
  }

  /// The key's ARN.
  public var arn: String { home.keyARN(id) }
}
