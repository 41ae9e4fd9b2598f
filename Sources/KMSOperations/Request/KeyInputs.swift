// The key that a request is about: found in one of two ways, which the request's type decides.

import AWSJSON
public import KMSAccess
public import KMSDomain
public import KMSModel

/// A request that names its key by id or key ARN.
public protocol IdentifiedKeyInput {
  /// The key's id or ARN.
  var keyID: String { get }
}

/// A request that names its key in any of the four forms, and may carry grant tokens.
public protocol NamedKeyInput {
  /// The key's id or ARN, or the name or ARN of an alias.
  var keyID: String { get }
  /// What stands for grants that not everybody may have heard of yet.
  var grantTokens: [String]? { get }
}

extension ServedOperation where Resource == ActiveKey, Input: IdentifiedKeyInput {
  /// The key that the request names.
  public static func resolve(
    _ input: Input, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> ActiveKey {
    try await context.key(identifiedBy: input.keyID, for: caller, to: name)
  }
}

extension ServedOperation where Input: NamedKeyInput {
  /// The alias that the request names, if it names one.
  public static func attributes(of input: Input) -> RequestAttributes { RequestAttributes(keyNamed: input.keyID) }
}

extension ServedOperation where Resource == ActiveKey, Input: NamedKeyInput {
  /// The key that the request names.
  public static func resolve(
    _ input: Input, for caller: Caller, in context: OperationContext
  ) async throws(Fault) -> ActiveKey {
    try await context.key(named: input.keyID, for: caller, to: name, grantTokens: input.grantTokens)
  }
}

extension ListGrantsInput: IdentifiedKeyInput {}
extension RevokeGrantInput: IdentifiedKeyInput {}
extension DeleteImportedKeyMaterialInput: IdentifiedKeyInput {}
extension GetParametersForImportInput: IdentifiedKeyInput {}
extension ImportKeyMaterialInput: IdentifiedKeyInput {}
extension CancelKeyDeletionInput: IdentifiedKeyInput {}
extension DisableKeyInput: IdentifiedKeyInput {}
extension EnableKeyInput: IdentifiedKeyInput {}
extension ScheduleKeyDeletionInput: IdentifiedKeyInput {}
extension UpdateKeyDescriptionInput: IdentifiedKeyInput {}
extension ReplicateKeyInput: IdentifiedKeyInput {}
extension GetKeyPolicyInput: IdentifiedKeyInput {}
extension ListKeyPoliciesInput: IdentifiedKeyInput {}
extension PutKeyPolicyInput: IdentifiedKeyInput {}
extension DisableKeyRotationInput: IdentifiedKeyInput {}
extension EnableKeyRotationInput: IdentifiedKeyInput {}
extension GetKeyRotationStatusInput: IdentifiedKeyInput {}
extension ListKeyRotationsInput: IdentifiedKeyInput {}
extension RotateKeyOnDemandInput: IdentifiedKeyInput {}
extension ListResourceTagsInput: IdentifiedKeyInput {}
extension TagResourceInput: IdentifiedKeyInput {}
extension UntagResourceInput: IdentifiedKeyInput {}
extension GetKeyLastUsageInput: IdentifiedKeyInput {}

extension EncryptInput: NamedKeyInput {}
extension GenerateDataKeyInput: NamedKeyInput {}
extension GenerateDataKeyPairInput: NamedKeyInput {}
extension GenerateDataKeyPairWithoutPlaintextInput: NamedKeyInput {}
extension GenerateDataKeyWithoutPlaintextInput: NamedKeyInput {}
extension DeriveSharedSecretInput: NamedKeyInput {}
extension DescribeKeyInput: NamedKeyInput {}
extension GenerateMacInput: NamedKeyInput {}
extension VerifyMacInput: NamedKeyInput {}
extension GetPublicKeyInput: NamedKeyInput {}
extension SignInput: NamedKeyInput {}
extension VerifyInput: NamedKeyInput {}
