// Sealing and opening under a KMS key, with KMS's refusals.

import KMSCrypto
import KMSDomain
import SecureMemory

extension ActiveKey {
  /// Encrypts under the current material.
  ///
  /// - Returns: the blob, and the hex id of the material that encrypted it.
  func seal(
    _ plaintext: SecretBytes, _ encryptionContext: [String: String]?
  ) throws(Fault) -> (blob: [UInt8], keyMaterialID: String) {
    let (id, material) = try currentMaterial()
    do {
      let blob = try material.seal(
        plaintext: plaintext, keyID: record.id.description, materialID: id, encryptionContext: encryptionContext)
      return (blob, record.currentMaterialID ?? id.hex)
    } catch {
      throw .internalFailure(error)
    }
  }

  /// Decrypts a blob that names this key. Whatever does not open is an invalid ciphertext, for whatever reason.
  func open(
    _ blob: CiphertextBlob, _ encryptionContext: [String: String]?
  ) throws(Fault) -> SecretBytes {
    guard let material = material(blob.materialID) else { throw .invalidCiphertext }
    do {
      return try material.open(blob, encryptionContext: encryptionContext)
    } catch {
      throw .invalidCiphertext
    }
  }
}
