// Asking about data keys.

public import KMSModel

extension GenerateDataKeyInput: DryRunInput {}

extension GenerateDataKey: DryRunOperation {}

extension DryRun where Operation == GenerateDataKey {
  /// Would ``GenerateDataKey`` succeed? Its parameters are those of the call.
  public static func generateDataKey(
    keyID: String, size: DataKeySize, encryptionContext: [String: String]? = nil, grantTokens: [String]? = nil,
    recipient: RecipientInfo? = nil
  ) -> Self {
    var input = GenerateDataKeyInput(
      keyID: keyID, encryptionContext: encryptionContext, grantTokens: grantTokens, recipient: recipient)
    switch size {
    case .keySpec(let value): input.keySpec = value
    case .numberOfBytes(let value): input.numberOfBytes = value
    }
    return Self(GenerateDataKey.self, input)
  }
}

extension GenerateDataKeyWithoutPlaintextInput: DryRunInput {}

extension GenerateDataKeyWithoutPlaintext: DryRunOperation {}

extension DryRun where Operation == GenerateDataKeyWithoutPlaintext {
  /// Would ``GenerateDataKeyWithoutPlaintext`` succeed? Its parameters are those of the call.
  public static func generateDataKeyWithoutPlaintext(
    keyID: String, size: DataKeySize, encryptionContext: [String: String]? = nil, grantTokens: [String]? = nil
  ) -> Self {
    var input = GenerateDataKeyWithoutPlaintextInput(
      keyID: keyID, encryptionContext: encryptionContext, grantTokens: grantTokens)
    switch size {
    case .keySpec(let value): input.keySpec = value
    case .numberOfBytes(let value): input.numberOfBytes = value
    }
    return Self(GenerateDataKeyWithoutPlaintext.self, input)
  }
}

extension GenerateDataKeyPairInput: DryRunInput {}

extension GenerateDataKeyPair: DryRunOperation {}

extension DryRun where Operation == GenerateDataKeyPair {
  /// Would ``GenerateDataKeyPair`` succeed? Its parameters are those of the call.
  public static func generateDataKeyPair(
    keyID: String, keyPairSpec: DataKeyPairSpec, encryptionContext: [String: String]? = nil,
    grantTokens: [String]? = nil, recipient: RecipientInfo? = nil
  ) -> Self {
    Self(
      GenerateDataKeyPair.self,
      GenerateDataKeyPairInput(
        keyID: keyID, keyPairSpec: keyPairSpec, encryptionContext: encryptionContext, grantTokens: grantTokens,
        recipient: recipient))
  }
}

extension GenerateDataKeyPairWithoutPlaintextInput: DryRunInput {}

extension GenerateDataKeyPairWithoutPlaintext: DryRunOperation {}

extension DryRun where Operation == GenerateDataKeyPairWithoutPlaintext {
  /// Would ``GenerateDataKeyPairWithoutPlaintext`` succeed? Its parameters are those of the call.
  public static func generateDataKeyPairWithoutPlaintext(
    keyID: String, keyPairSpec: DataKeyPairSpec, encryptionContext: [String: String]? = nil,
    grantTokens: [String]? = nil
  ) -> Self {
    Self(
      GenerateDataKeyPairWithoutPlaintext.self,
      GenerateDataKeyPairWithoutPlaintextInput(
        keyID: keyID, keyPairSpec: keyPairSpec, encryptionContext: encryptionContext, grantTokens: grantTokens))
  }
}
