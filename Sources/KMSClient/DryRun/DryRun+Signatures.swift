// Asking about signatures and MACs.

public import KMSModel
public import SecureMemory

extension SignInput: DryRunInput {}

extension Sign: DryRunOperation {}

extension DryRun where Operation == Sign {
  /// Would ``Sign`` succeed? Its parameters are those of the call.
  public static func sign(
    keyID: String, message: SecretBytes, signingAlgorithm: SigningAlgorithm, messageType: MessageType? = nil,
    grantTokens: [String]? = nil
  ) -> Self {
    Self(
      Sign.self,
      SignInput(
        keyID: keyID, message: message, signingAlgorithm: signingAlgorithm, messageType: messageType,
        grantTokens: grantTokens))
  }
}

extension VerifyInput: DryRunInput {}

extension Verify: DryRunOperation {}

extension DryRun where Operation == Verify {
  /// Would ``Verify`` succeed? Its parameters are those of the call.
  public static func verify(
    keyID: String, message: SecretBytes, signature: [UInt8], signingAlgorithm: SigningAlgorithm,
    messageType: MessageType? = nil, grantTokens: [String]? = nil
  ) -> Self {
    Self(
      Verify.self,
      VerifyInput(
        keyID: keyID, message: message, signature: signature, signingAlgorithm: signingAlgorithm,
        messageType: messageType, grantTokens: grantTokens))
  }
}

extension GenerateMacInput: DryRunInput {}

extension GenerateMac: DryRunOperation {}

extension DryRun where Operation == GenerateMac {
  /// Would ``GenerateMac`` succeed? Its parameters are those of the call.
  public static func generateMac(
    message: SecretBytes, keyID: String, macAlgorithm: MacAlgorithm, grantTokens: [String]? = nil
  ) -> Self {
    Self(
      GenerateMac.self,
      GenerateMacInput(message: message, keyID: keyID, macAlgorithm: macAlgorithm, grantTokens: grantTokens))
  }
}

extension VerifyMacInput: DryRunInput {}

extension VerifyMac: DryRunOperation {}

extension DryRun where Operation == VerifyMac {
  /// Would ``VerifyMac`` succeed? Its parameters are those of the call.
  public static func verifyMac(
    message: SecretBytes, keyID: String, macAlgorithm: MacAlgorithm, mac: [UInt8], grantTokens: [String]? = nil
  ) -> Self {
    Self(
      VerifyMac.self,
      VerifyMacInput(message: message, keyID: keyID, macAlgorithm: macAlgorithm, mac: mac, grantTokens: grantTokens))
  }
}
