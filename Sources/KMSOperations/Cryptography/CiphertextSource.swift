// Decrypt and the source side of ReEncrypt: which key opens a ciphertext, and opening it.

import AWSJSON
import KMSAccess
import KMSCrypto
import KMSDomain
import KMSModel
import SecureMemory

/// A ciphertext with the key that is to open it.
public struct CiphertextSource: Sendable {
  /// What the bytes are to this request.
  enum Ciphertext: Sendable {
    /// Something that looks like what a symmetric key of this service made, and the bytes of it.
    case symmetric(SymmetricCiphertext, [UInt8])
    /// Bytes that say nothing of themselves: of an asymmetric key, or refused once the caller is authorized.
    case bare([UInt8])
    /// A dry run that asks only about permission.
    case ignored
  }

  /// What came out of a ciphertext.
  struct Opened: Sendable {
    let plaintext: SecretBytes
    let algorithm: EncryptionAlgorithm
    let keyMaterialID: String?
  }

  /// The key.
  let key: ActiveKey
  /// The ciphertext.
  let ciphertext: Ciphertext
  /// Whether the request named the key itself.
  let keyWasNamed: Bool
  /// What a caller is told whom another account's key does not allow: what it would be told if there were no such key.
  /// Nil when it named the key by ARN, and is told the usual text either way.
  let faultElsewhere: Fault?

  /// Opens the ciphertext, after every rule of state and usage.
  ///
  /// - Returns: nil for a dry run that ignores the ciphertext.
  func open(
    _ encryptionContext: [String: String]?, algorithm: EncryptionAlgorithm?, for caller: Caller, operation: String,
    in context: OperationContext
  ) async throws(Fault) -> Opened? {
    try key.requireUsable(now: context.now())
    if keyWasNamed {
      guard key.record.usage == .encryptDecrypt else { throw .incorrectKey }
    }
    let method = try key.encryptionMethod(algorithm, encryptionContext: encryptionContext, for: operation)
    switch (method, ciphertext) {
    case (_, .ignored): return nil
    case (.symmetric, .bare): throw .invalidCiphertext
    case (.symmetric, .symmetric(let ciphertext, _)):
      guard ciphertext.keyID == key.record.id.description else { throw .incorrectKey }
      let (plaintext, materialID) = try await context.open(
        ciphertext, with: key, encryptionContext, for: caller, operation: operation)
      return Opened(plaintext: plaintext, algorithm: method.algorithm, keyMaterialID: materialID)
    // What looks like a symmetric key's may, once in millions, be an asymmetric key's.
    case (.publicKey(let publicKeyAlgorithm), .bare(let bytes)),
      (.publicKey(let publicKeyAlgorithm), .symmetric(_, let bytes)):
      let opened = try await context.slowCryptography.use(try key.privateKey()) { (key) throws(CryptoError) in
        try key.decrypt(bytes, publicKeyAlgorithm)
      }
      // Whatever is wrong with it: which, would help to guess the plaintext.
      guard case .success(let plaintext) = opened else { throw .invalidCiphertext }
      return Opened(plaintext: plaintext, algorithm: method.algorithm, keyMaterialID: nil)
    }
  }
}

extension OperationContext {
  /// Finds the key for a ciphertext: the one that is named, or the one that the ciphertext names.
  func source(
    of bytes: [UInt8]?, keyNamed name: String?, algorithm: EncryptionAlgorithm?, ignoringCiphertext: Bool,
    for caller: Caller, to action: String
  ) async throws(Fault) -> CiphertextSource {
    let symmetric = bytes.flatMap(SymmetricCiphertext.init)
    if let name {
      let (key, faultElsewhere) = try await key(named: name, matching: symmetric, for: caller, to: action)
      let ciphertext: CiphertextSource.Ciphertext =
        if ignoringCiphertext {
          .ignored
        } else if let symmetric {
          .symmetric(symmetric, bytes ?? [])
        } else {
          .bare(bytes ?? [])
        }
      return CiphertextSource(
        key: key, ciphertext: ciphertext, keyWasNamed: true, faultElsewhere: faultElsewhere)
    }
    // Asymmetric ciphertext does not say which key it needs.
    guard let symmetric, algorithm ?? .symmetricDefault == .symmetricDefault, let id = KeyID(symmetric.keyID) else {
      throw .invalidCiphertext
    }
    guard let key = try await keys.key(id, region: caller.home.region) else { throw .ciphertextKeyInaccessible }
    return CiphertextSource(
      key: key, ciphertext: .symmetric(symmetric, bytes ?? []), keyWasNamed: false,
      faultElsewhere: .ciphertextKeyInaccessible)
  }

  /// A bare key id may also be that of another account's key when the ciphertext itself says so.
  private func key(
    named name: String, matching ciphertext: SymmetricCiphertext?, for caller: Caller, to action: String
  ) async throws(Fault) -> (ActiveKey, faultElsewhere: Fault?) {
    let reference = try Self.reference(name)
    if case .keyID(let id) = reference, ciphertext?.keyID == name,
      let key = try await keys.key(id, region: caller.home.region)
    {
      return (key, .keyNotFound(caller.home.keyARN(id)))
    }
    return (try await key(reference, for: caller, to: action), nil)
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
