// moto's differences about keys and their states.

import KMSClient
import Testing

extension MotoGap {
  static let keys = [
    MotoGap("a key is made with all defaults", .needsKeyUsage) { kms in
      let key = try await kms.createKey().keyMetadata
      #expect(key.keyUsage == .unknown(""))
      #expect(key.keySpec == .symmetricDefault && !key.multiRegion)
    },
    MotoGap("an Ed25519 key is made", .knowsNoSuchSpec) { kms in
      for spec in [KeySpec.eccNISTEdwards25519, .mlDSA44] {
        await expectRefusal(CreateKeyError.self, { if case .validation = $0 { true } else { false } }) {
          _ = try await kms.makeKey(spec, for: .signVerify)
        }
      }
    },
    MotoGap("the name of a key policy need not be said", .needsPolicyName) { kms in
      let key = try await kms.makeKey()
      await expectRefusal(GetKeyPolicyError.self, { if case .notFound = $0 { true } else { false } }) {
        _ = try await kms.getKeyPolicy(keyID: key.keyID)
      }
    },
  ]

  static let states = [
    MotoGap("a disabled key makes no data keys", .ignoresKeyState) { kms in
      let key = try await kms.makeKey()
      try await kms.disableKey(keyID: key.keyID)
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.keyState == .disabled)
      #expect(try await kms.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256)).keyID == key.arn)
    },
    MotoGap("a scheduled deletion is told with the key's ARN and its new state", .leavesOutEnumerations) { kms in
      let key = try await kms.makeKey()
      let scheduled = try await kms.scheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7)
      #expect(scheduled.keyState == .unknown("") && scheduled.pendingWindowInDays == nil)
      // And it names the key as it was asked about it.
      #expect(scheduled.keyID == key.keyID)
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.keyState == .pendingDeletion)
    },
    MotoGap("a key pending deletion makes no data keys", .ignoresKeyState) { kms in
      let key = try await kms.makeKey()
      _ = try await kms.scheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7)
      #expect(try await kms.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256)).keyID == key.arn)
    },
  ]
}
