// All operations in one list, each with its types hidden behind closures, for tests that go over all of them.

import AWSJSON
import KMSModel
import Testing

/// What a test can do with an operation without knowing its types.
struct OperationCodec: Sendable, CustomTestStringConvertible {
  let name: String
  let target: String
  /// Decodes bytes as the operation's input, as a server does, and encodes what came out.
  let recodeInput: @Sendable ([UInt8]) throws(InputError) -> [UInt8]
  /// Decodes bytes as the operation's output, as a client does, and encodes what came out.
  let recodeOutput: @Sendable ([UInt8]) throws(OutputDecodingError) -> [UInt8]
  /// The error for a service's answer.
  let failure: @Sendable (ServiceErrorReply) -> any AWSOperationError
  /// The error for a failure on the client's side.
  let clientFailure: @Sendable (ClientFailure) -> any AWSOperationError
  let outputHasBody: Bool

  init<Operation: AWSJSONOperation>(_: Operation.Type) {
    name = Operation.name
    target = Operation.target
    recodeInput = { bytes throws(InputError) in try Operation.Input.decodeInput(bytes).encoded() }
    recodeOutput = { bytes throws(OutputDecodingError) in try Operation.Output.decodeOutput(bytes).encoded() }
    failure = { Operation.Failure($0) }
    clientFailure = { Operation.Failure($0) }
    outputHasBody = Operation.Output.hasBody
  }

  var testDescription: String { name }

  static let all = [
    OperationCodec(CancelKeyDeletion.self), OperationCodec(ConnectCustomKeyStore.self),
    OperationCodec(CreateAlias.self),
    OperationCodec(CreateCustomKeyStore.self), OperationCodec(CreateGrant.self), OperationCodec(CreateKey.self),
    OperationCodec(Decrypt.self), OperationCodec(DeleteAlias.self), OperationCodec(DeleteCustomKeyStore.self),
    OperationCodec(DeleteImportedKeyMaterial.self), OperationCodec(DeriveSharedSecret.self),
    OperationCodec(DescribeCustomKeyStores.self), OperationCodec(DescribeKey.self), OperationCodec(DisableKey.self),
    OperationCodec(DisableKeyRotation.self), OperationCodec(DisconnectCustomKeyStore.self),
    OperationCodec(EnableKey.self), OperationCodec(EnableKeyRotation.self), OperationCodec(Encrypt.self),
    OperationCodec(GenerateDataKey.self), OperationCodec(GenerateDataKeyPair.self),
    OperationCodec(GenerateDataKeyPairWithoutPlaintext.self), OperationCodec(GenerateDataKeyWithoutPlaintext.self),
    OperationCodec(GenerateMac.self), OperationCodec(GenerateRandom.self), OperationCodec(GetKeyLastUsage.self),
    OperationCodec(GetKeyPolicy.self), OperationCodec(GetKeyRotationStatus.self),
    OperationCodec(GetParametersForImport.self), OperationCodec(GetPublicKey.self),
    OperationCodec(ImportKeyMaterial.self), OperationCodec(ListAliases.self), OperationCodec(ListGrants.self),
    OperationCodec(ListKeyPolicies.self), OperationCodec(ListKeyRotations.self), OperationCodec(ListKeys.self),
    OperationCodec(ListResourceTags.self), OperationCodec(ListRetirableGrants.self), OperationCodec(PutKeyPolicy.self),
    OperationCodec(ReEncrypt.self), OperationCodec(ReplicateKey.self), OperationCodec(RetireGrant.self),
    OperationCodec(RevokeGrant.self), OperationCodec(RotateKeyOnDemand.self), OperationCodec(ScheduleKeyDeletion.self),
    OperationCodec(Sign.self), OperationCodec(TagResource.self), OperationCodec(UntagResource.self),
    OperationCodec(UpdateAlias.self), OperationCodec(UpdateCustomKeyStore.self),
    OperationCodec(UpdateKeyDescription.self), OperationCodec(UpdatePrimaryRegion.self), OperationCodec(Verify.self),
    OperationCodec(VerifyMac.self),
  ]
}
