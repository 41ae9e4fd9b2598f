// Rotation of key material.

import KMSClient
import SecureMemory
import Testing

extension Scenario {
  static let rotation = [
    Scenario("rotation is switched on and off") { kms in
      let key = try await kms.makeKey()
      try await kms.enableKeyRotation(keyID: key.keyID)
      #expect(try await kms.getKeyRotationStatus(keyID: key.keyID).keyRotationEnabled)
      try await kms.disableKeyRotation(keyID: key.keyID)
      #expect(try await !kms.getKeyRotationStatus(keyID: key.keyID).keyRotationEnabled)
    },
    Scenario("what was sealed before a rotation is opened after it") { kms in
      let key = try await kms.makeKey()
      let dataKey = try await kms.generateDataKey(keyID: key.keyID, size: .keySpec(.aes256))
      _ = try await kms.rotateKeyOnDemand(keyID: key.keyID)
      let opened = try await kms.decrypt(ciphertextBlob: dataKey.ciphertextBlob)
      #expect(try opened.symmetricKey() == dataKey.symmetricKey())
    },
  ]
}
