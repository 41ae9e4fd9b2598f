// Asking about encryption and key agreement.

public import KMSModel
public import SecureMemory

extension EncryptInput: DryRunInput {}

extension Encrypt: DryRunOperation {}

extension DryRun where Operation == Encrypt {
  /// Would ``Encrypt`` succeed? Its parameters are those of the call.
  public static func encrypt(
    keyID: String, plaintext: SecretBytes, encryptionContext: [String: String]? = nil, grantTokens: [String]? = nil,
    encryptionAlgorithm: EncryptionAlgorithm? = nil
  ) -> Self {
    Self(
      Encrypt.self,
      EncryptInput(
        keyID: keyID, plaintext: plaintext, encryptionContext: encryptionContext, grantTokens: grantTokens,
        encryptionAlgorithm: encryptionAlgorithm))
  }
}

extension DecryptInput: DryRunInput {}

extension Decrypt: DryRunOperation {}

extension DryRun where Operation == Decrypt {
  /// Would ``Decrypt`` succeed? Its parameters are those of the call.
  public static func decrypt(
    ciphertextBlob: [UInt8]? = nil, encryptionContext: [String: String]? = nil, grantTokens: [String]? = nil,
    keyID: String? = nil, encryptionAlgorithm: EncryptionAlgorithm? = nil, recipient: RecipientInfo? = nil,
    dryRunModifiers: [DryRunModifier]? = nil
  ) -> Self {
    Self(
      Decrypt.self,
      DecryptInput(
        ciphertextBlob: ciphertextBlob, encryptionContext: encryptionContext, grantTokens: grantTokens, keyID: keyID,
        encryptionAlgorithm: encryptionAlgorithm, recipient: recipient, dryRunModifiers: dryRunModifiers))
  }
}

extension ReEncryptInput: DryRunInput {}

extension ReEncrypt: DryRunOperation {}

extension DryRun where Operation == ReEncrypt {
  /// Would ``ReEncrypt`` succeed? Its parameters are those of the call.
  public static func reEncrypt(
    destinationKeyID: String, ciphertextBlob: [UInt8]? = nil, sourceEncryptionContext: [String: String]? = nil,
    sourceKeyID: String? = nil, destinationEncryptionContext: [String: String]? = nil,
    sourceEncryptionAlgorithm: EncryptionAlgorithm? = nil, destinationEncryptionAlgorithm: EncryptionAlgorithm? = nil,
    grantTokens: [String]? = nil, dryRunModifiers: [DryRunModifier]? = nil
  ) -> Self {
    Self(
      ReEncrypt.self,
      ReEncryptInput(
        destinationKeyID: destinationKeyID, ciphertextBlob: ciphertextBlob,
        sourceEncryptionContext: sourceEncryptionContext, sourceKeyID: sourceKeyID,
        destinationEncryptionContext: destinationEncryptionContext,
        sourceEncryptionAlgorithm: sourceEncryptionAlgorithm,
        destinationEncryptionAlgorithm: destinationEncryptionAlgorithm, grantTokens: grantTokens,
        dryRunModifiers: dryRunModifiers))
  }
}

extension DeriveSharedSecretInput: DryRunInput {}

extension DeriveSharedSecret: DryRunOperation {}

extension DryRun where Operation == DeriveSharedSecret {
  /// Would ``DeriveSharedSecret`` succeed? Its parameters are those of the call.
  public static func deriveSharedSecret(
    keyID: String, keyAgreementAlgorithm: KeyAgreementAlgorithm, publicKey: [UInt8], grantTokens: [String]? = nil,
    recipient: RecipientInfo? = nil
  ) -> Self {
    Self(
      DeriveSharedSecret.self,
      DeriveSharedSecretInput(
        keyID: keyID, keyAgreementAlgorithm: keyAgreementAlgorithm, publicKey: publicKey, grantTokens: grantTokens,
        recipient: recipient))
  }
}
