// A key ready for use: its record, and its material in clear.

import KMSCrypto
public import KMSDomain

/// A snapshot of a key with its symmetric material opened.
///
/// Snapshots are shared between requests and replaced, never changed, when the key changes.
public final class ActiveKey: Sendable {
  /// The key as the store has it.
  public let record: Key
  private let materials: [MaterialID: SymmetricKeyMaterial]

  /// The key's ARN, which answers carry whatever form named the key.
  public let arn: String

  init(record: Key, materials: [MaterialID: SymmetricKeyMaterial]) {
    self.record = record
    self.materials = materials
    arn = record.arn
  }

  /// The material `id`, or nil when it is none of this key's.
  func material(_ id: MaterialID) -> SymmetricKeyMaterial? { materials[id] }

  /// The material that encrypts now.
  ///
  /// - Throws: an internal failure for a key without one, which its state should have kept from coming here.
  func currentMaterial() throws(Fault) -> (id: MaterialID, material: SymmetricKeyMaterial) {
    guard let hex = record.currentMaterialID, let id = MaterialID(hex: hex), let material = materials[id] else {
      throw .internalFailure(MissingMaterial(keyARN: arn))
    }
    return (id, material)
  }

  /// Refuses a key that is not for encryption with SYMMETRIC_DEFAULT.
  func requireSymmetricEncryption(for operation: String) throws(Fault) {
    guard record.usage == .encryptDecrypt else { throw .keyUsage(arn, record.usage, operation: operation) }
    guard record.spec == .symmetricDefault else { throw .algorithm("SYMMETRIC_DEFAULT", spec: record.spec) }
  }
}

/// A key whose state says that it has material, and which has none.
struct MissingMaterial: Error, CustomStringConvertible {
  let keyARN: String
  var description: String { "\(keyARN) has no current key material" }
}
