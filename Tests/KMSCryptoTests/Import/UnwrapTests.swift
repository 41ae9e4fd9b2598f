// Key material on its way in: what unwraps, and that every failure looks the same.

import COpenSSL
import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct UnwrapTests {
  @Test(.needsWycheproof) func aesKeyWrapWithPadding() throws {
    var disagreements: [String] = []
    var unwrapped = 0
    for group in try Wycheproof("aes_kwp_test").testGroups where group.keySize == 256 {
      for test in group.tests {
        let key = SecretBytes(try hex(try #require(test.key)))
        let wrapped = try hex(try #require(test.ct))
        var material: String?
        let error = cryptoError { () throws(CryptoError) in
          material = try AESKeyWrapWithPadding.unwrap(wrapped[...], key: key).revealed.hex
        }
        if test.result == .valid ? material != test.msg : error != .authenticationFailure {
          disagreements.append("\(test.tcId) \(test.comment)")
        }
        if material != nil { unwrapped += 1 }
      }
    }
    #expect(disagreements.isEmpty)
    #expect(unwrapped == 25)
  }

  @Test(arguments: [
    (KeyPairAlgorithm.rsa2048, ImportWrappingAlgorithm.rsaesOAEPSHA1, PublicKeyEncryptionAlgorithm.rsaesOAEPSHA1),
    (.rsa3072, .rsaesOAEPSHA256, .rsaesOAEPSHA256), (.rsa4096, .rsaesOAEPSHA256, .rsaesOAEPSHA256),
    (.sm2, .sm2PKE, .sm2PKE),
  ])
  func directly(
    kind: KeyPairAlgorithm, wrapping: ImportWrappingAlgorithm, encryption: PublicKeyEncryptionAlgorithm
  ) throws {
    let key = try TestKeys.material(kind)
    let material = RandomBytes.bytes(count: 32)
    let wrapped = try key.encrypt(material, encryption)
    #expect(try key.unwrap(wrapped, wrapping) == material)
    #expect(throws: CryptoError.authenticationFailure) { try key.unwrap(wrapped + [0], wrapping) }
    #expect(throws: CryptoError.authenticationFailure) { try key.unwrap([], wrapping) }
    let unsupported = kind == .sm2 ? ImportWrappingAlgorithm.rsaesOAEPSHA256 : .sm2PKE
    #expect(throws: CryptoError.unsupportedOperation) { try key.unwrap(wrapped, unsupported) }
  }

  @Test(arguments: [
    (KeyPairAlgorithm.rsa2048, ImportWrappingAlgorithm.rsaAESKeyWrapSHA1, PublicKeyEncryptionAlgorithm.rsaesOAEPSHA1),
    (.rsa2048, .rsaAESKeyWrapSHA256, .rsaesOAEPSHA256), (.rsa4096, .rsaAESKeyWrapSHA256, .rsaesOAEPSHA256),
  ])
  func underAnAESKey(
    kind: KeyPairAlgorithm, wrapping: ImportWrappingAlgorithm, encryption: PublicKeyEncryptionAlgorithm
  ) throws {
    let key = try TestKeys.material(kind)
    let aesKey = RandomBytes.bytes(count: 32)
    let encryptedKey = try key.encrypt(aesKey, encryption)
    let rsa = try TestKeys.pair(.rsa4096).privateKey
    for material in [RandomBytes.bytes(count: 1), RandomBytes.bytes(count: 32), RandomBytes.bytes(count: 138), rsa] {
      let wrapped = try encryptedKey + Self.wrap(material, aesKey)
      #expect(try key.unwrap(wrapped, wrapping) == material)
      #expect(throws: CryptoError.authenticationFailure) { try key.unwrap(Array(wrapped.dropLast()), wrapping) }
      #expect(throws: CryptoError.authenticationFailure) { try key.unwrap(Array(wrapped.dropLast(8)), wrapping) }
      #expect(throws: CryptoError.authenticationFailure) { try key.unwrap(wrapped + [0], wrapping) }
      for index in [0, encryptedKey.count - 1, encryptedKey.count, wrapped.count - 1] {
        var altered = wrapped
        altered[index] ^= 1
        #expect(throws: CryptoError.authenticationFailure) { try key.unwrap(altered, wrapping) }
      }
    }
    for count in [0, 1, encryptedKey.count] {
      #expect(throws: CryptoError.authenticationFailure) {
        try key.unwrap(Array(encryptedKey.prefix(count)), wrapping)
      }
    }
    // Only AES-256: KMS documents no other.
    let short = RandomBytes.bytes(count: 16)
    let underShort = try key.encrypt(short, encryption) + Self.wrap(aesKey, short)
    #expect(throws: CryptoError.authenticationFailure) { try key.unwrap(underShort, wrapping) }
  }

  /// RFC 5649, by OpenSSL.
  private static func wrap(_ material: SecretBytes, _ key: SecretBytes) throws -> [UInt8] {
    let context = EVP_CIPHER_CTX_new()
    defer { EVP_CIPHER_CTX_free(context) }
    EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW)
    let cipher = key.count == 32 ? EVP_aes_256_wrap_pad() : EVP_aes_128_wrap_pad()
    try #require(EVP_EncryptInit_ex(context, cipher, nil, key.revealed, nil) == 1)
    var wrapped = [UInt8](repeating: 0, count: material.count + 16)
    var count: Int32 = 0
    try #require(EVP_EncryptUpdate(context, &wrapped, &count, material.revealed, Int32(material.count)) == 1)
    return Array(wrapped.prefix(Int(count)))
  }
}
