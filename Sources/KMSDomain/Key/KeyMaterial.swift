// One generation of a key's material, as it lies in the store: never in clear.

public import struct FoundationEssentials.Date

/// Key material wrapped for the store.
public struct WrappedKeyMaterial: Hashable, Sendable {
  /// 64 lower-case hex digits that name this material in ciphertext and answers.
  public let id: String
  /// The material, encrypted and bound to its owner, key id and material id (`docs/ciphertext-format.md`).
  public let wrapped: [UInt8]
  /// When the material became the key's.
  public let creationDate: Date

  /// Puts a wrapped material together.
  public init(id: String, wrapped: [UInt8], creationDate: Date) {
    self.id = id
    self.wrapped = wrapped
    self.creationDate = creationDate
  }
}
