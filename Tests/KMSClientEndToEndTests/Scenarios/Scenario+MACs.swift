// Message authentication codes.

import KMSClient
import SecureMemory
import Testing

extension Scenario {
  private static let message = SecretBytes("authenticated by a KMS key".utf8)

  static let macs = [
    Scenario("the service verifies its own MACs") { kms in
      for (spec, algorithm, length) in [
        (KeySpec.hmac224, MacAlgorithm.hmacSHA224, 28), (.hmac256, .hmacSHA256, 32), (.hmac384, .hmacSHA384, 48),
        (.hmac512, .hmacSHA512, 64),
      ] {
        let key = try await kms.makeKey(spec, for: .generateVerifyMac)
        let answer = try await kms.generateMac(message: message, keyID: key.keyID, macAlgorithm: algorithm)
        #expect(answer.mac.count == length && answer.macAlgorithm == algorithm)
        let verified = try await kms.verifyMac(
          message: message, keyID: key.keyID, macAlgorithm: algorithm, mac: answer.mac)
        #expect(verified.macValid)
      }
    },
    Scenario("what makes and verifies MACs is named by its ARN") { kms in
      let key = try await kms.makeKey(.hmac256, for: .generateVerifyMac)
      let answer = try await kms.generateMac(message: message, keyID: key.keyID, macAlgorithm: .hmacSHA256)
      let verified = try await kms.verifyMac(
        message: message, keyID: key.keyID, macAlgorithm: .hmacSHA256, mac: answer.mac)
      #expect(answer.keyID == key.arn && verified.keyID == key.arn)
    },
    Scenario("a MAC of something else is an error") { kms in
      let key = try await kms.makeKey(.hmac256, for: .generateVerifyMac)
      let answer = try await kms.generateMac(message: message, keyID: key.keyID, macAlgorithm: .hmacSHA256)
      await expectRefusal(VerifyMacError.self, { if case .kmsInvalidMac = $0 { true } else { false } }) {
        _ = try await kms.verifyMac(
          message: SecretBytes("another message".utf8), keyID: key.keyID, macAlgorithm: .hmacSHA256, mac: answer.mac)
      }
    },
    Scenario("a key for encryption makes no MACs") { kms in
      let key = try await kms.makeKey()
      await expectRefusal(GenerateMacError.self, { if case .invalidKeyUsage = $0 { true } else { false } }) {
        _ = try await kms.generateMac(message: message, keyID: key.keyID, macAlgorithm: .hmacSHA256)
      }
    },
    Scenario("a key makes no MACs of another length than its own") { kms in
      let key = try await kms.makeKey(.hmac256, for: .generateVerifyMac)
      await expectRefusal(GenerateMacError.self, { if case .invalidKeyUsage = $0 { true } else { false } }) {
        _ = try await kms.generateMac(message: message, keyID: key.keyID, macAlgorithm: .hmacSHA512)
      }
    },
  ]
}
