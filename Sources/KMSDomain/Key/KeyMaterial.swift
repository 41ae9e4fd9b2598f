// One generation of a key's material, wrapped.

public import struct FoundationEssentials.Date

/// Key material wrapped for the store.
public struct WrappedKeyMaterial: Hashable, Sendable {
  /// What a material is to its key, by its KMS name.
  public enum State: String, Hashable, Sendable, CaseIterable {
    /// Decrypts what it has encrypted.
    case nonCurrent = "NON_CURRENT"
    /// Encrypts, and decrypts what it has encrypted. One at most.
    case current = "CURRENT"
    /// Imported, and to become current by a rotation on demand. One at most, pending in one way or the other.
    case pendingRotation = "PENDING_ROTATION"
    /// As ``pendingRotation``, but some related multi-Region key still lacks it.
    case pendingMultiRegionImportAndRotation = "PENDING_MULTI_REGION_IMPORT_AND_ROTATION"
  }

  /// How a material became current.
  public struct Rotation: Hashable, Sendable {
    /// Why it did, by its KMS name.
    public enum Cause: String, Hashable, Sendable, CaseIterable {
      case automatic = "AUTOMATIC"
      case onDemand = "ON_DEMAND"
    }

    /// When it became current.
    public let date: Date
    /// Why it did.
    public let cause: Cause

    /// Pairs the two.
    public init(date: Date, cause: Cause) {
      self.date = date
      self.cause = cause
    }
  }

  /// 64 lower-case hex digits that name this material in ciphertext and answers.
  public let id: String
  /// The material, encrypted and bound to its owner, key id and material id (`docs/ciphertext-format.md`); nil when
  /// imported material has been deleted or has expired, and is to be imported again.
  public var wrapped: [UInt8]?
  /// When the material first became the key's.
  public let creationDate: Date
  /// What it is to its key.
  public var state: State
  /// How it became current; nil for a first material and for one that is pending.
  public var rotation: Rotation?
  /// The importer's words.
  public var description: String?
  /// When imported material expires; nil when it does not.
  public var validTo: Date?

  /// Puts a wrapped material together.
  public init(
    id: String, wrapped: [UInt8]?, creationDate: Date, state: State = .current, rotation: Rotation? = nil,
    description: String? = nil, validTo: Date? = nil
  ) {
    self.id = id
    self.wrapped = wrapped
    self.creationDate = creationDate
    self.state = state
    self.rotation = rotation
    self.description = description
    self.validTo = validTo
  }

  /// Whether the material is, or has been, the key's for good: only pending material is not.
  public var isPermanent: Bool {
    switch state {
    case .current, .nonCurrent: true
    case .pendingRotation, .pendingMultiRegionImportAndRotation: false
    }
  }

  /// Whether the material's time is over.
  public func hasExpired(now: Date) -> Bool { validTo.map { $0 <= now } ?? false }

  /// Forgets the material itself; what names and describes it stays.
  mutating func forget() {
    wrapped = nil
    validTo = nil
  }
}
