// moto's differences about keys and their states.

import KMSClient
import Testing

extension MotoGap {
  static let keys = [
    MotoGap("a key is made with all defaults", .leavesOutMembers) { kms in
      await expectRefusal(CreateKeyError.self, { if case .decoding = $0 { true } else { false } }) {
        _ = try await kms.createKey()
      }
    },
    MotoGap("an Ed25519 key is made", .knowsNoSuchSpec) { kms in
      for spec in [KeySpec.eccNISTEdwards25519, .mlDSA44] {
        await expectRefusal(CreateKeyError.self, { if case .validation = $0 { true } else { false } }) {
          _ = try await kms.makeKey(spec, for: .signVerify)
        }
      }
    },
    MotoGap("an alias names a key, then another, then none", .answersNull) { kms in
      let (first, second) = (try await kms.makeKey(), try await kms.makeKey())
      let alias = "alias/\(freshName())"
      await expectAliasMade(alias, of: first, by: kms)
      #expect(try await kms.generateDataKey(keyID: alias, size: .keySpec(.aes256)).keyID == first.arn)
      await expectRefusal(UpdateAliasError.self, { if case .decoding = $0 { true } else { false } }) {
        try await kms.updateAlias(aliasName: alias, targetKeyID: second.keyID)
      }
      #expect(try await kms.describeKey(keyID: alias).keyMetadata.arn == second.arn)
      await expectRefusal(DeleteAliasError.self, { if case .decoding = $0 { true } else { false } }) {
        try await kms.deleteAlias(aliasName: alias)
      }
      await expectRefusal(DescribeKeyError.self, { if case .notFound = $0 { true } else { false } }) {
        _ = try await kms.describeKey(keyID: alias)
      }
    },
    MotoGap("an alias that exists is not made again", .answersNull) { kms in
      let key = try await kms.makeKey()
      let alias = "alias/\(freshName())"
      await expectAliasMade(alias, of: key, by: kms)
      await expectRefusal(CreateAliasError.self, { if case .alreadyExists = $0 { true } else { false } }) {
        try await kms.createAlias(aliasName: alias, targetKeyID: key.keyID)
      }
    },
    MotoGap("a description is changed", .answersNull) { kms in
      let key = try await kms.makeKey(description: "old")
      await expectRefusal(UpdateKeyDescriptionError.self, { if case .decoding = $0 { true } else { false } }) {
        try await kms.updateKeyDescription(keyID: key.keyID, description: "new")
      }
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.description == "new")
    },
    MotoGap("the name of a key policy need not be said", .needsPolicyName) { kms in
      let key = try await kms.makeKey()
      await expectRefusal(GetKeyPolicyError.self, { if case .notFound = $0 { true } else { false } }) {
        _ = try await kms.getKeyPolicy(keyID: key.keyID)
      }
    },
    MotoGap("a key policy is replaced", .answersNull) { kms in
      let key = try await kms.makeKey()
      let policy = Scenario.keyPolicy(account: key.awsAccountID, id: "replaced")
      await expectRefusal(PutKeyPolicyError.self, { if case .decoding = $0 { true } else { false } }) {
        try await kms.putKeyPolicy(keyID: key.keyID, policy: policy, policyName: "default")
      }
      #expect(try await kms.getKeyPolicy(keyID: key.keyID, policyName: "default").policy == policy)
    },
  ]

  static let states = [
    MotoGap("a key is disabled and enabled", .answersNull) { kms in
      let key = try await kms.makeKey()
      await expectDisabled(key, by: kms)
      await expectRefusal(EnableKeyError.self, { if case .decoding = $0 { true } else { false } }) {
        try await kms.enableKey(keyID: key.keyID)
      }
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.keyState == .enabled)
    },
    MotoGap("a disabled key makes no data keys", .ignoresKeyState) { kms in
      let key = try await kms.makeKey()
      await expectDisabled(key, by: kms)
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.keyState == .disabled)
      #expect(try await kms.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256)).keyID == key.arn)
    },
    MotoGap("a key's deletion is scheduled and cancelled", .leavesOutMembers) { kms in
      let key = try await kms.makeKey()
      await expectDeletionScheduled(key, by: kms)
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.keyState == .pendingDeletion)
      _ = try await kms.cancelKeyDeletion(keyID: key.keyID)
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.keyState == .disabled)
    },
    MotoGap("a key pending deletion makes no data keys", .ignoresKeyState) { kms in
      let key = try await kms.makeKey()
      await expectDeletionScheduled(key, by: kms)
      #expect(try await kms.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256)).keyID == key.arn)
    },
  ]

  /// Makes an alias, whose answer is `null`.
  static func expectAliasMade(_ alias: String, of key: KeyMetadata, by kms: KMSClient) async {
    await expectRefusal(CreateAliasError.self, { if case .decoding = $0 { true } else { false } }) {
      try await kms.createAlias(aliasName: alias, targetKeyID: key.keyID)
    }
  }

  private static func expectDisabled(_ key: KeyMetadata, by kms: KMSClient) async {
    await expectRefusal(DisableKeyError.self, { if case .decoding = $0 { true } else { false } }) {
      try await kms.disableKey(keyID: key.keyID)
    }
  }

  private static func expectDeletionScheduled(_ key: KeyMetadata, by kms: KMSClient) async {
    await expectRefusal(ScheduleKeyDeletionError.self, { if case .decoding = $0 { true } else { false } }) {
      _ = try await kms.scheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7)
    }
  }
}
