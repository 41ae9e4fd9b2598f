// The table of AWS KMS: what each operation answers for a key in each state.

import Foundation
import KMSDomain
import KMSModel
import KMSOperations
import KMSStoreSQLite
import SecureMemory
import Synchronization
import Testing

@Suite struct KeyStateTableTests {
  /// What an operation is expected to do.
  private enum Outcome: String {
    case works
    case disabled = "DisabledException"
    case invalidState = "KMSInvalidStateException"
    case unsupported = "UnsupportedOperationException"
  }

  /// A row of the table: the states in the order of `states`.
  struct Row: Sendable, CustomStringConvertible {
    let description: String
    /// One letter a state: `Y` works, `D` DisabledException, `I` KMSInvalidStateException, `U` UnsupportedOperationException.
    let outcomes: String
    let key: CreateKeyInput
    let call: @Sendable (TestService, KeyMetadata) async throws -> Void
  }

  private static let states: [KMSDomain.KeyState] = [
    .enabled, .disabled, .pendingDeletion, .pendingImport, .unavailable, .creating, .updating,
  ]

  private static let symmetric = CreateKeyInput()
  private static let external = CreateKeyInput(origin: .external)
  private static let signing = CreateKeyInput(keyUsage: .signVerify, keySpec: .eccNISTP256)
  private static let hmac = CreateKeyInput(keyUsage: .generateVerifyMac, keySpec: .hmac256)
  private static let agreement = CreateKeyInput(keyUsage: .keyAgreement, keySpec: .eccNISTP256)
  private static let multiRegion = CreateKeyInput(multiRegion: true)

  static let rows: [Row] =
    cryptography + descriptions + lifecycle + rotation + material + relatives

  private static let cryptography: [Row] = [
    Row(description: "Encrypt", outcomes: "YDIIIIY", key: symmetric) { service, key in
      _ = try await service.call(Encrypt.self, EncryptInput(keyID: key.keyID, plaintext: SecretBytes([1])))
    },
    Row(description: "Decrypt", outcomes: "YDIIIIY", key: symmetric) { service, key in
      _ = try await service.call(
        Decrypt.self, DecryptInput(keyID: key.keyID, dryRun: true, dryRunModifiers: [.ignoreCiphertext]))
    },
    Row(description: "ReEncrypt from", outcomes: "YDIIIIY", key: symmetric) { service, key in
      let other = try await service.makeKey()
      _ = try await service.call(
        ReEncrypt.self,
        ReEncryptInput(
          destinationKeyID: other.keyID, sourceKeyID: key.keyID, dryRun: true, dryRunModifiers: [.ignoreCiphertext]))
    },
    Row(description: "ReEncrypt to", outcomes: "YDIIIIY", key: symmetric) { service, key in
      let other = try await service.makeKey()
      _ = try await service.call(
        ReEncrypt.self,
        ReEncryptInput(
          destinationKeyID: key.keyID, sourceKeyID: other.keyID, dryRun: true, dryRunModifiers: [.ignoreCiphertext]))
    },
    Row(description: "GenerateDataKey", outcomes: "YDIIIIY", key: symmetric) { service, key in
      _ = try await service.call(GenerateDataKey.self, GenerateDataKeyInput(keyID: key.keyID, numberOfBytes: 8))
    },
    Row(description: "GenerateDataKeyWithoutPlaintext", outcomes: "YDIIIIY", key: symmetric) { service, key in
      _ = try await service.call(
        GenerateDataKeyWithoutPlaintext.self,
        GenerateDataKeyWithoutPlaintextInput(keyID: key.keyID, numberOfBytes: 8))
    },
    // That an unavailable key, which is in a custom key store, answers UnsupportedOperationException is tested there.
    Row(description: "GenerateDataKeyPair", outcomes: "YDIIIIY", key: symmetric) { service, key in
      _ = try await service.call(
        GenerateDataKeyPair.self, GenerateDataKeyPairInput(keyID: key.keyID, keyPairSpec: .eccNISTEdwards25519))
    },
    Row(description: "GenerateDataKeyPairWithoutPlaintext", outcomes: "YDIIIIY", key: symmetric) { service, key in
      _ = try await service.call(
        GenerateDataKeyPairWithoutPlaintext.self,
        GenerateDataKeyPairWithoutPlaintextInput(keyID: key.keyID, keyPairSpec: .eccNISTEdwards25519))
    },
    Row(description: "Sign", outcomes: "YDIIIIY", key: signing) { service, key in
      _ = try await service.call(
        Sign.self, SignInput(keyID: key.keyID, message: SecretBytes([1]), signingAlgorithm: .ecdsaSHA256))
    },
    Row(description: "Verify", outcomes: "YDIIIIY", key: signing) { service, key in
      let made = try await service.madeBeforehand(key) { service in
        try await service.call(
          Sign.self, SignInput(keyID: key.keyID, message: SecretBytes([1]), signingAlgorithm: .ecdsaSHA256)
        ).signature
      }
      _ = try await service.call(
        Verify.self,
        VerifyInput(keyID: key.keyID, message: SecretBytes([1]), signature: made, signingAlgorithm: .ecdsaSHA256))
    },
    Row(description: "GenerateMac", outcomes: "YDIIIIY", key: hmac) { service, key in
      _ = try await service.call(
        GenerateMac.self, GenerateMacInput(message: SecretBytes([1]), keyID: key.keyID, macAlgorithm: .hmacSHA256))
    },
    Row(description: "VerifyMac", outcomes: "YDIIIIY", key: hmac) { service, key in
      let made = try await service.madeBeforehand(key) { service in
        try await service.call(
          GenerateMac.self, GenerateMacInput(message: SecretBytes([1]), keyID: key.keyID, macAlgorithm: .hmacSHA256)
        ).mac
      }
      _ = try await service.call(
        VerifyMac.self,
        VerifyMacInput(message: SecretBytes([1]), keyID: key.keyID, macAlgorithm: .hmacSHA256, mac: made))
    },
    Row(description: "DeriveSharedSecret", outcomes: "YDIIIIY", key: agreement) { service, key in
      let peer = try await service.makeKey(agreement)
      let publicKey = try await service.call(GetPublicKey.self, GetPublicKeyInput(keyID: peer.keyID)).publicKey
      _ = try await service.call(
        DeriveSharedSecret.self,
        DeriveSharedSecretInput(keyID: key.keyID, keyAgreementAlgorithm: .ecdh, publicKey: publicKey))
    },
    Row(description: "GetPublicKey", outcomes: "YYIYYIY", key: signing) { service, key in
      _ = try await service.call(GetPublicKey.self, GetPublicKeyInput(keyID: key.keyID))
    },
  ]

  private static let descriptions: [Row] = [
    Row(description: "CreateGrant", outcomes: "YDIIYIY", key: symmetric) { service, key in
      _ = try await service.call(
        CreateGrant.self,
        CreateGrantInput(
          keyID: key.keyID, granteePrincipal: "arn:aws:iam::111122223333:role/app", operations: [.decrypt]))
    },
    Row(description: "CreateAlias", outcomes: "YYIYYYY", key: symmetric) { service, key in
      _ = try await service.call(
        CreateAlias.self, CreateAliasInput(aliasName: "alias/\(key.keyID)", targetKeyID: key.keyID))
    },
    Row(description: "UpdateAlias to", outcomes: "YYIYYYY", key: symmetric) { service, key in
      let other = try await service.makeKey()
      let name = "alias/\(key.keyID)"
      _ = try await service.call(CreateAlias.self, CreateAliasInput(aliasName: name, targetKeyID: other.keyID))
      _ = try await service.call(UpdateAlias.self, UpdateAliasInput(aliasName: name, targetKeyID: key.keyID))
    },
    Row(description: "TagResource", outcomes: "YYIYYYY", key: symmetric) { service, key in
      _ = try await service.call(
        TagResource.self, TagResourceInput(keyID: key.keyID, tags: [KMSModel.Tag(tagKey: "a", tagValue: "b")]))
    },
    Row(description: "UntagResource", outcomes: "YYIYYYY", key: symmetric) { service, key in
      _ = try await service.call(UntagResource.self, UntagResourceInput(keyID: key.keyID, tagKeys: ["a"]))
    },
    Row(description: "UpdateKeyDescription", outcomes: "YYIYYYY", key: symmetric) { service, key in
      _ = try await service.call(
        UpdateKeyDescription.self, UpdateKeyDescriptionInput(keyID: key.keyID, description: "words"))
    },
    Row(description: "DescribeKey", outcomes: "YYYYYYY", key: symmetric) { service, key in
      _ = try await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.keyID))
    },
    Row(description: "GetKeyPolicy", outcomes: "YYYYYYY", key: symmetric) { service, key in
      _ = try await service.call(GetKeyPolicy.self, GetKeyPolicyInput(keyID: key.keyID))
    },
    Row(description: "PutKeyPolicy", outcomes: "YYYYYYY", key: symmetric) { service, key in
      let policy = try await service.call(GetKeyPolicy.self, GetKeyPolicyInput(keyID: key.keyID)).policy
      _ = try await service.call(PutKeyPolicy.self, PutKeyPolicyInput(keyID: key.keyID, policy: policy))
    },
    Row(description: "ListKeyPolicies", outcomes: "YYYYYYY", key: symmetric) { service, key in
      _ = try await service.call(ListKeyPolicies.self, ListKeyPoliciesInput(keyID: key.keyID))
    },
    Row(description: "ListAliases", outcomes: "YYYYYYY", key: symmetric) { service, key in
      _ = try await service.call(ListAliases.self, ListAliasesInput(keyID: key.keyID))
    },
    Row(description: "ListGrants", outcomes: "YYYYYYY", key: symmetric) { service, key in
      _ = try await service.call(ListGrants.self, ListGrantsInput(keyID: key.keyID))
    },
    Row(description: "ListResourceTags", outcomes: "YYYYYYY", key: symmetric) { service, key in
      _ = try await service.call(ListResourceTags.self, ListResourceTagsInput(keyID: key.keyID))
    },
    Row(description: "DeleteAlias, UpdateAlias from", outcomes: "YYYYYYY", key: symmetric) { service, key in
      let other = try await service.makeKey()
      let name = "alias/\(key.keyID)"
      try await service.store.write { transaction throws(Fault) in
        guard let alias = AliasName(name), let target = KeyID(key.keyID), let account = AccountID("111122223333"),
          let region = Region("us-east-1")
        else { return }
        try transaction.insert(
          Alias(
            name: alias, home: AccountRegion(account: account, region: region), targetKeyID: target,
            creationDate: service.now, lastUpdatedDate: service.now))
      }
      _ = try await service.call(UpdateAlias.self, UpdateAliasInput(aliasName: name, targetKeyID: other.keyID))
      _ = try await service.call(DeleteAlias.self, DeleteAliasInput(aliasName: name))
    },
    Row(description: "RevokeGrant, RetireGrant", outcomes: "YYYYYYY", key: symmetric) { service, key in
      let grants = try await service.madeBeforehand(key) { service in
        var grants: [String] = []
        for name in ["one", "two"] {
          let input = CreateGrantInput(
            keyID: key.keyID, granteePrincipal: "arn:aws:iam::111122223333:role/app", operations: [.decrypt], name: name
          )
          grants.append(try await service.call(CreateGrant.self, input).grantID)
        }
        return grants
      }
      _ = try await service.call(RevokeGrant.self, RevokeGrantInput(keyID: key.arn, grantID: grants[0]))
      _ = try await service.call(RetireGrant.self, RetireGrantInput(keyID: key.arn, grantID: grants[1]))
    },
    Row(description: "GetKeyLastUsage", outcomes: "YYYYYYY", key: symmetric) { service, key in
      _ = try await service.call(GetKeyLastUsage.self, GetKeyLastUsageInput(keyID: key.keyID))
    },
  ]

  private static let lifecycle: [Row] = [
    Row(description: "EnableKey", outcomes: "YYIIYII", key: symmetric) { service, key in
      _ = try await service.call(EnableKey.self, EnableKeyInput(keyID: key.keyID))
    },
    Row(description: "DisableKey", outcomes: "YYIIYII", key: symmetric) { service, key in
      _ = try await service.call(DisableKey.self, DisableKeyInput(keyID: key.keyID))
    },
    Row(description: "ScheduleKeyDeletion", outcomes: "YYIYYYI", key: symmetric) { service, key in
      _ = try await service.call(ScheduleKeyDeletion.self, ScheduleKeyDeletionInput(keyID: key.keyID))
    },
    Row(description: "CancelKeyDeletion", outcomes: "IIYIIII", key: symmetric) { service, key in
      _ = try await service.call(CancelKeyDeletion.self, CancelKeyDeletionInput(keyID: key.keyID))
    },
  ]

  private static let rotation: [Row] = [
    Row(description: "EnableKeyRotation", outcomes: "YDI??IY", key: symmetric) { service, key in
      _ = try await service.call(EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID))
    },
    Row(description: "EnableKeyRotation of imported material", outcomes: "UUUUUUU", key: external) { service, key in
      _ = try await service.call(EnableKeyRotation.self, EnableKeyRotationInput(keyID: key.keyID))
    },
    Row(description: "DisableKeyRotation", outcomes: "YDI??IY", key: symmetric) { service, key in
      _ = try await service.call(DisableKeyRotation.self, DisableKeyRotationInput(keyID: key.keyID))
    },
    Row(description: "RotateKeyOnDemand", outcomes: "YDII?IY", key: symmetric) { service, key in
      _ = try await service.call(RotateKeyOnDemand.self, RotateKeyOnDemandInput(keyID: key.keyID))
    },
    Row(description: "GetKeyRotationStatus", outcomes: "YYYU?YY", key: external) { service, key in
      _ = try await service.call(GetKeyRotationStatus.self, GetKeyRotationStatusInput(keyID: key.keyID))
    },
    Row(description: "ListKeyRotations", outcomes: "YYYY?YY", key: external) { service, key in
      _ = try await service.call(ListKeyRotations.self, ListKeyRotationsInput(keyID: key.keyID))
    },
    Row(description: "RotateKeyOnDemand of an HMAC key", outcomes: "UUUUUUU", key: hmac) { service, key in
      _ = try await service.call(RotateKeyOnDemand.self, RotateKeyOnDemandInput(keyID: key.keyID))
    },
    Row(description: "GetKeyRotationStatus of an HMAC key", outcomes: "UUUUUUU", key: hmac) { service, key in
      _ = try await service.call(GetKeyRotationStatus.self, GetKeyRotationStatusInput(keyID: key.keyID))
    },
  ]

  private static let material: [Row] = [
    Row(description: "GetParametersForImport", outcomes: "YYIY?II", key: external) { service, key in
      _ = try await service.call(
        GetParametersForImport.self,
        GetParametersForImportInput(
          keyID: key.keyID, wrappingAlgorithm: .rsaesOAEPSHA256, wrappingKeySpec: .rsa2048))
    },
    Row(description: "GetParametersForImport of a key made here", outcomes: "UUUUUUU", key: symmetric) { service, key in
      _ = try await service.call(
        GetParametersForImport.self,
        GetParametersForImportInput(
          keyID: key.keyID, wrappingAlgorithm: .rsaesOAEPSHA256, wrappingKeySpec: .rsa2048))
    },
    Row(description: "ImportKeyMaterial", outcomes: "YYIY?IY", key: external) { service, key in
      let parameters = try await service.madeBeforehand(key) { service in
        try await ImportParameters(for: key.keyID, service)
      }
      try await parameters.importMaterial([UInt8](repeating: 7, count: 32), service)
    },
    Row(description: "DeleteImportedKeyMaterial", outcomes: "YYYY?II", key: external) { service, key in
      _ = try await service.call(
        DeleteImportedKeyMaterial.self, DeleteImportedKeyMaterialInput(keyID: key.keyID))
    },
    Row(description: "DeleteImportedKeyMaterial of a key made here", outcomes: "UUUUUUU", key: symmetric) {
      service, key in
      _ = try await service.call(
        DeleteImportedKeyMaterial.self, DeleteImportedKeyMaterialInput(keyID: key.keyID))
    },
  ]

  private static let relatives: [Row] = [
    Row(description: "ReplicateKey", outcomes: "YDII?II", key: multiRegion) { service, key in
      _ = try await service.call(ReplicateKey.self, ReplicateKeyInput(keyID: key.keyID, replicaRegion: "eu-west-1"))
    },
    Row(description: "UpdatePrimaryRegion", outcomes: "YDII?IY", key: multiRegion) { service, key in
      _ = try await service.madeBeforehand(key) { service in
        try await service.call(ReplicateKey.self, ReplicateKeyInput(keyID: key.keyID, replicaRegion: "eu-west-1"))
      }
      _ = try await service.call(
        UpdatePrimaryRegion.self, UpdatePrimaryRegionInput(keyID: key.keyID, primaryRegion: "eu-west-1"))
    },
  ]

  @Test(arguments: rows)
  func row(_ row: Row) async throws {
    let service = try await TestService()
    for (state, letter) in zip(Self.states, row.outcomes) {
      let expected: Outcome
      switch letter {
      case "Y": expected = .works
      case "D": expected = .disabled
      case "I": expected = .invalidState
      case "U": expected = .unsupported
      default: continue  // a combination that does not occur
      }
      let key = try await service.makeKey(row.key)
      service.stateUnderTest.withLock { $0 = state }
      try await service.place(key, in: state)
      var outcome = "works"
      do {
        try await row.call(service, key)
      } catch let refusal as TestService.Refusal {
        // A dry run that would have worked did.
        outcome = refusal.code == "DryRunOperationException" ? "works" : refusal.code
      }
      #expect(outcome == "\(expected.rawValue)", "\(row) on a key that is \(state.rawValue)")
    }
  }
}
