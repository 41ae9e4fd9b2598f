// RSA-OAEP and SM2 encryption: round trips, limits, and that every failure looks the same.

import KMSCrypto
import SecureMemory
import Testing

@Suite struct PublicKeyEncryptionTests {
  /// The limits that the KMS API states.
  @Test(arguments: [
    (KeyPairAlgorithm.rsa2048, PublicKeyEncryptionAlgorithm.rsaesOAEPSHA1, 214), (.rsa2048, .rsaesOAEPSHA256, 190),
    (.rsa3072, .rsaesOAEPSHA1, 342), (.rsa3072, .rsaesOAEPSHA256, 318), (.rsa4096, .rsaesOAEPSHA1, 470),
    (.rsa4096, .rsaesOAEPSHA256, 446),
  ])
  func oaep(kind: KeyPairAlgorithm, algorithm: PublicKeyEncryptionAlgorithm, limit: Int) throws {
    let key = try TestKeys.material(kind)
    let other = try AsymmetricKeyMaterial(TestKeys.otherRSA(kind), algorithm: kind)
    for count in [0, 1, 32, limit - 1, limit] {
      let plaintext = RandomBytes.bytes(count: count)
      let ciphertext = try key.encrypt(plaintext, algorithm)
      #expect(try key.decrypt(ciphertext, algorithm) == plaintext)
      #expect(throws: CryptoError.authenticationFailure) { try other.decrypt(ciphertext, algorithm) }
      let otherAlgorithm = algorithm == .rsaesOAEPSHA1 ? PublicKeyEncryptionAlgorithm.rsaesOAEPSHA256 : .rsaesOAEPSHA1
      #expect(throws: CryptoError.authenticationFailure) { try key.decrypt(ciphertext, otherAlgorithm) }
    }
    #expect(throws: CryptoError.inputTooLong) { try key.encrypt(RandomBytes.bytes(count: limit + 1), algorithm) }
    #expect(throws: CryptoError.unsupportedOperation) { try key.encrypt(SecretBytes([1]), .sm2PKE) }
    #expect(throws: CryptoError.unsupportedOperation) { try key.decrypt([1], .sm2PKE) }
  }

  @Test func sm2() throws {
    let key = try TestKeys.material(.sm2)
    let other = try AsymmetricKeyMaterial(KeyPairAlgorithm.sm2.generate().privateKey, algorithm: .sm2)
    for count in [1, 2, 31, 32, 33, 1024, 5000] {
      let plaintext = RandomBytes.bytes(count: count)
      let ciphertext = try key.encrypt(plaintext, .sm2PKE)
      #expect(ciphertext.first == 0x30)
      #expect(try key.decrypt(ciphertext, .sm2PKE) == plaintext)
      #expect(throws: CryptoError.authenticationFailure) { try other.decrypt(ciphertext, .sm2PKE) }
    }
    #expect(throws: CryptoError.unsupportedOperation) { try key.encrypt(SecretBytes([1]), .rsaesOAEPSHA256) }
    #expect(throws: CryptoError.unsupportedOperation) { try key.encrypt(SecretBytes([]), .sm2PKE) }
  }

  @Test(arguments: [
    (KeyPairAlgorithm.rsa2048, PublicKeyEncryptionAlgorithm.rsaesOAEPSHA1), (.rsa2048, .rsaesOAEPSHA256),
    (.sm2, .sm2PKE),
  ])
  func everyFailureLooksTheSame(kind: KeyPairAlgorithm, algorithm: PublicKeyEncryptionAlgorithm) throws {
    let key = try TestKeys.material(kind)
    let ciphertext = try key.encrypt(RandomBytes.bytes(count: 32), algorithm)
    for index in ciphertext.indices {
      var altered = ciphertext
      altered[index] ^= UInt8(1 << (index % 8))
      #expect(throws: CryptoError.authenticationFailure, "\(index)") { try key.decrypt(altered, algorithm) }
      let cut = Array(ciphertext.prefix(index))
      #expect(throws: CryptoError.authenticationFailure, "\(index)") { try key.decrypt(cut, algorithm) }
    }
    for wrong in [ciphertext + [0], [0] + ciphertext, [UInt8](repeating: 0xFF, count: ciphertext.count)] {
      #expect(throws: CryptoError.authenticationFailure) { try key.decrypt(wrong, algorithm) }
    }
  }

  @Test(arguments: KeyPairAlgorithm.allCases.filter { !$0.isSlow && $0 != .sm2 })
  func keysThatOnlySignEncryptNothing(kind: KeyPairAlgorithm) throws {
    let key = try TestKeys.material(kind)
    for algorithm in PublicKeyEncryptionAlgorithm.allCases {
      #expect(throws: CryptoError.unsupportedOperation) { try key.encrypt(SecretBytes([1]), algorithm) }
      #expect(throws: CryptoError.unsupportedOperation) { try key.decrypt([1], algorithm) }
    }
    for algorithm in ImportWrappingAlgorithm.allCases {
      #expect(throws: CryptoError.unsupportedOperation) { try key.unwrap([1], algorithm) }
    }
  }
}
