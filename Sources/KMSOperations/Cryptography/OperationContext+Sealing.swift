// Encrypting and decrypting under symmetric keys, with KMS's refusals.

import KMSAccess
import KMSCrypto
import KMSDomain
import SecureMemory

extension OperationContext {
  /// Encrypts by `method`.
  ///
  /// - Returns: the ciphertext, and the id of the material as answers show it, if the key has one to show.
  func encrypt(
    _ plaintext: SecretBytes, under key: ActiveKey, _ method: EncryptionMethod,
    _ encryptionContext: [String: String]?, for caller: Caller, operation: String
  ) async throws(Fault) -> (ciphertext: [UInt8], keyMaterialID: String?) {
    switch method {
    case .symmetric:
      return try await seal(plaintext, under: key, encryptionContext, for: caller, operation: operation)
    case .publicKey(let algorithm):
      let privateKey = try key.privateKey()
      do {
        return (try privateKey.encrypt(plaintext, algorithm), nil)
      } catch {
        throw .internalFailure(error)
      }
    }
  }

  /// Encrypts under the key's current material, and under its external key if it has one.
  ///
  /// - Returns: the ciphertext, and the id of the material as answers show it: nil for keys in a custom key store.
  func seal(
    _ plaintext: SecretBytes, under key: ActiveKey, _ encryptionContext: [String: String]?, for caller: Caller,
    operation: String
  ) async throws(Fault) -> (ciphertext: [UInt8], keyMaterialID: String?) {
    let current = try key.currentMaterial()
    let blob: [UInt8]
    do {
      blob = try current.material.seal(
        plaintext: plaintext, keyID: key.record.id.description, materialID: current.id,
        encryptionContext: encryptionContext)
    } catch {
      throw .internalFailure(error)
    }
    guard key.record.customKeyStoreID != nil else { return (blob, current.hex) }
    let ciphertext = try await encryptExternally(
      blob, under: key, encryptionContext, for: caller, operation: operation)
    return (ciphertext, nil)
  }

  /// Decrypts a ciphertext that names this key. Whatever does not open is an invalid ciphertext, for whatever reason.
  ///
  /// - Returns: the plaintext, and the id of the material as answers show it: nil for keys in a custom key store.
  func open(
    _ ciphertext: SymmetricCiphertext, with key: ActiveKey, _ encryptionContext: [String: String]?,
    for caller: Caller, operation: String
  ) async throws(Fault) -> (plaintext: SecretBytes, keyMaterialID: String?) {
    switch ciphertext {
    case .own(let blob):
      guard key.record.customKeyStoreID == nil else { throw .invalidCiphertext }
      return (try key.open(blob, encryptionContext), blob.materialID.hex)
    case .external(let outer):
      guard key.record.customKeyStoreID != nil else { throw .invalidCiphertext }
      let inner = try await decryptExternally(outer, with: key, encryptionContext, for: caller, operation: operation)
      return (try key.open(inner, encryptionContext), nil)
    }
  }
}

extension ActiveKey {
  fileprivate func open(_ blob: CiphertextBlob, _ encryptionContext: [String: String]?) throws(Fault) -> SecretBytes {
    guard let material = try material(blob.materialID) else { throw .invalidCiphertext }
    do {
      return try material.open(blob, encryptionContext: encryptionContext)
    } catch {
      throw .invalidCiphertext
    }
  }
}
