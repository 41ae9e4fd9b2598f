// Keys that are disabled, or about to be deleted.

import Foundation
import KMSClient
import Testing

extension Scenario {
  static let states = [
    Scenario("a key is disabled and enabled") { kms in
      let key = try await kms.makeKey()
      try await kms.disableKey(keyID: key.keyID)
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.keyState == .disabled)
      try await kms.enableKey(keyID: key.keyID)
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.keyState == .enabled)
    },
    Scenario("a disabled key makes no data keys") { kms in
      let key = try await kms.makeKey()
      try await kms.disableKey(keyID: key.keyID)
      await expectRefusal(GenerateDataKeyError.self, { if case .disabled = $0 { true } else { false } }) {
        _ = try await kms.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256))
      }
    },
    Scenario("a key's deletion is scheduled and cancelled") { kms in
      let key = try await kms.makeKey()
      let scheduled = try await kms.scheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7)
      let date = try #require(scheduled.deletionDate)
      #expect(abs(date.timeIntervalSinceNow - 7 * 86_400) < 600)
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.keyState == .pendingDeletion)
      _ = try await kms.cancelKeyDeletion(keyID: key.keyID)
      #expect(try await kms.describeKey(keyID: key.keyID).keyMetadata.keyState == .disabled)
    },
    Scenario("a scheduled deletion is told with the key's ARN and its new state") { kms in
      let key = try await kms.makeKey()
      let scheduled = try await kms.scheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7)
      #expect(scheduled.keyID == key.arn)
      #expect(scheduled.keyState == .pendingDeletion && scheduled.pendingWindowInDays == 7)
    },
    Scenario("a key pending deletion makes no data keys") { kms in
      let key = try await kms.makeKey()
      _ = try await kms.scheduleKeyDeletion(keyID: key.keyID, pendingWindowInDays: 7)
      await expectRefusal(GenerateDataKeyError.self, { if case .kmsInvalidState = $0 { true } else { false } }) {
        _ = try await kms.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256))
      }
    },
  ]
}
