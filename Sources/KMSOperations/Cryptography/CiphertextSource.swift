// Decrypt and the source side of ReEncrypt: which key opens a ciphertext, and opening it.

import AWSJSON
import KMSAccess
import KMSCrypto
import KMSDomain
import KMSModel
import SecureMemory

/// A ciphertext with the key that is to open it.
public struct CiphertextSource: Sendable {
  /// What the blob is to this request.
  enum Ciphertext: Sendable {
    /// A blob of this service.
    case blob(CiphertextBlob)
    /// Bytes that are no such blob: refused once the caller is authorized.
    case unreadable
    /// A dry run that asks only about permission.
    case ignored
  }

  /// The key.
  let key: ActiveKey
  /// The ciphertext.
  let ciphertext: Ciphertext
  /// Whether the request named the key itself.
  let keyWasNamed: Bool

  /// Opens the ciphertext, after every rule of state and usage.
  ///
  /// - Returns: nil for a dry run that ignores the ciphertext.
  func open(
    _ encryptionContext: [String: String]?, algorithm: EncryptionAlgorithm?, operation: String
  ) throws(Fault) -> (plaintext: SecretBytes, keyMaterialID: String)? {
    try StateRule.cryptographic.check(key.record)
    if keyWasNamed {
      guard key.record.usage == .encryptDecrypt else { throw .incorrectKey }
    }
    try key.requireEncryption(algorithm: algorithm, encryptionContext: encryptionContext, for: operation)
    switch ciphertext {
    case .ignored: return nil
    case .unreadable: throw .invalidCiphertext
    case .blob(let blob):
      guard blob.keyID == key.record.id.description else { throw .incorrectKey }
      return (try key.open(blob, encryptionContext), blob.materialID.hex)
    }
  }
}

extension OperationContext {
  /// Finds the key for a ciphertext: the one that is named, or the one that the blob names.
  func source(
    of bytes: [UInt8]?, keyNamed name: String?, algorithm: EncryptionAlgorithm?, ignoringCiphertext: Bool,
    for caller: Caller, to action: String
  ) async throws(Fault) -> CiphertextSource {
    let blob = bytes.flatMap { try? CiphertextBlob.parse($0) }
    if let name {
      let key = try await key(named: name, matching: blob, for: caller, to: action)
      let ciphertext: CiphertextSource.Ciphertext =
        if ignoringCiphertext { .ignored } else if let blob { .blob(blob) } else { .unreadable }
      return CiphertextSource(key: key, ciphertext: ciphertext, keyWasNamed: true)
    }
    // Asymmetric ciphertext does not say which key it needs.
    guard let blob, algorithm ?? .symmetricDefault == .symmetricDefault, let id = KeyID(blob.keyID) else {
      throw .invalidCiphertext
    }
    guard let key = try await keys.key(id, region: caller.home.region), key.record.home.account == caller.home.account
    else { throw .ciphertextKeyInaccessible }
    return CiphertextSource(key: key, ciphertext: .blob(blob), keyWasNamed: false)
  }

  /// A bare key id may also be that of another account's key when the ciphertext itself says so.
  private func key(
    named name: String, matching blob: CiphertextBlob?, for caller: Caller, to action: String
  ) async throws(Fault) -> ActiveKey {
    let reference = try Self.reference(name)
    if case .keyID(let id) = reference, blob?.keyID == name,
      let key = try await keys.key(id, region: caller.home.region)
    {
      return key
    }
    return try await key(reference, for: caller, to: action)
  }

  /// The rules of `DryRunModifiers`, which Decrypt and ReEncrypt share.
  ///
  /// - Returns: whether the ciphertext is to be ignored.
  static func checkDryRunModifiers(
    _ modifiers: [DryRunModifier]?, dryRun: Bool?, ciphertext: [UInt8]?, keyNamed name: String?, keyMember: String
  ) throws(Fault) -> Bool {
    let ignoresCiphertext = (modifiers ?? []).contains(.ignoreCiphertext)
    if !(modifiers ?? []).isEmpty, dryRun != true {
      throw .validation("DryRunModifiers can only be used when DryRun is true.")
    }
    if ignoresCiphertext, name == nil {
      throw .validation("\(keyMember) is required when DryRunModifiers has IGNORE_CIPHERTEXT.")
    }
    if !ignoresCiphertext, ciphertext == nil {
      throw .validation(
        "1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy constraint: Member must not be null"
      )
    }
    return ignoresCiphertext
  }
}
