// One open key in many tasks at once.

import KMSCrypto
import SecureMemory
import Testing

@Suite struct SharedMaterialTests {
  @Test(arguments: KeyPairAlgorithm.allCases) func oneKeyServesManyTasks(kind: KeyPairAlgorithm) async throws {
    let key = try TestKeys.material(kind)
    let peer = try TestKeys.pair(kind).publicKey
    let algorithm = try #require(Self.algorithms[kind])
    let rounds = kind.isSlow ? 5 : 20
    let failures = try await withThrowingTaskGroup(of: Int.self) { group in
      for task in 0..<8 {
        group.addTask {
          var failures = 0
          for round in 0..<rounds {
            let message = SigningInput.text(Array("\(task) \(round)".utf8))
            let signature = try key.sign(message, algorithm)
            if try !key.isValid(signature, of: message, algorithm) { failures += 1 }
            if try key.isValid(signature, of: .text([0]), algorithm) { failures += 1 }

            let plaintext = RandomBytes.bytes(count: 32)
            for encryption in Self.encryption(kind) {
              if try key.decrypt(key.encrypt(plaintext, encryption), encryption) != plaintext { failures += 1 }
            }
            if KeyAgreementTests.kinds.contains(kind) {
              if try key.sharedSecret(with: peer) != key.sharedSecret(with: peer) { failures += 1 }
            }
          }
          return failures
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(failures == 0)
  }

  private static let algorithms: [KeyPairAlgorithm: SignatureAlgorithm] = [
    .rsa2048: .rsassaPSSSHA256, .rsa3072: .rsassaPKCS1v15SHA384, .rsa4096: .rsassaPSSSHA512, .nistP256: .ecdsaSHA256,
    .nistP384: .ecdsaSHA384, .nistP521: .ecdsaSHA512, .secp256k1: .ecdsaSHA256, .edwards25519: .ed25519SHA512,
    .sm2: .sm2DSA, .mlDSA44: .mlDSASHAKE256, .mlDSA65: .mlDSASHAKE256, .mlDSA87: .mlDSASHAKE256,
  ]

  private static func encryption(_ kind: KeyPairAlgorithm) -> [PublicKeyEncryptionAlgorithm] {
    switch kind {
    case .rsa2048, .rsa3072, .rsa4096: [.rsaesOAEPSHA256]
    case .sm2: [.sm2PKE]
    default: []
    }
  }
}
