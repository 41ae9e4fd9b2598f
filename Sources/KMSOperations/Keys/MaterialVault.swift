// Key material on its way to and from the store: encrypted under the store key, bound to its key.

public import KMSCrypto
public import KMSDomain
public import SecureMemory

/// Wraps and opens key material for the store.
///
/// The associated data names owner, key and material, so a row that was moved or altered does not open.
public struct MaterialVault: Sendable {
  private let storeKey: KeyWrap

  /// A vault under the store key.
  public init(storeKey: KeyWrap) {
    self.storeKey = storeKey
  }

  /// Encrypts `material` for the key it belongs to.
  public func wrap(
    _ material: SecretBytes, id: String, of keyID: KeyID, in home: AccountRegion
  ) throws(Fault) -> [UInt8] {
    do {
      return try storeKey.wrap(material, associatedData: Self.binding(id, keyID, home))
    } catch {
      throw .internalFailure(error)
    }
  }

  /// Decrypts a stored material of `key`; nil when it has been deleted.
  public func open(_ material: WrappedKeyMaterial, of key: Key) throws(Fault) -> SecretBytes? {
    guard let wrapped = material.wrapped else { return nil }
    do {
      return try storeKey.unwrap(wrapped, associatedData: Self.binding(material.id, key.id, key.home))
    } catch {
      throw .internalFailure(UnreadableMaterial(keyARN: key.arn, materialID: material.id, reason: error))
    }
  }

  /// The id that `material` has in the key `keyID`.
  static func id(of material: SecretBytes, in keyID: KeyID) throws(Fault) -> String {
    do {
      return try MaterialID.derive(material: material, keyID: keyID.description).hex
    } catch {
      throw .internalFailure(error)
    }
  }

  private static func binding(_ materialID: String, _ keyID: KeyID, _ home: AccountRegion) -> [UInt8] {
    Array("key-material\n\(home.keyARN(keyID))\n\(materialID)".utf8)
  }
}

/// Stored key material that does not open: altered, moved, or wrapped under another store key.
struct UnreadableMaterial: Error, CustomStringConvertible {
  let keyARN: String
  let materialID: String
  let reason: any Error
  var description: String { "key material \(materialID) of \(keyARN) does not open: \(reason)" }
}
