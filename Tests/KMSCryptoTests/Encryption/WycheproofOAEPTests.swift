// Wycheproof's RSA-OAEP vectors: what our private keys decrypt.

import KMSCrypto
import SecureMemory
import Testing

@Suite(.needsWycheproof) struct WycheproofOAEPTests {
  @Test(arguments: [
    ("rsa_oaep_2048_sha1_mgf1sha1_test", KeyPairAlgorithm.rsa2048, PublicKeyEncryptionAlgorithm.rsaesOAEPSHA1),
    ("rsa_oaep_2048_sha256_mgf1sha256_test", .rsa2048, .rsaesOAEPSHA256),
    ("rsa_oaep_3072_sha256_mgf1sha256_test", .rsa3072, .rsaesOAEPSHA256),
    ("rsa_oaep_4096_sha256_mgf1sha256_test", .rsa4096, .rsaesOAEPSHA256),
  ])
  func decryption(file: String, kind: KeyPairAlgorithm, algorithm: PublicKeyEncryptionAlgorithm) throws {
    var disagreements: [String] = []
    var decrypted = 0
    for group in try Wycheproof(file).testGroups {
      let pkcs8 = SecretBytes(try hex(try #require(group.privateKeyPkcs8)))
      let imported = try KeyPair(importing: pkcs8, as: kind)
      let key = try AsymmetricKeyMaterial(imported.privateKey, algorithm: kind)
      for test in group.tests {
        // KMS's label is empty.
        let expected = test.result == .valid && test.label == "" ? test.msg : nil
        let ciphertext = try hex(try #require(test.ct))
        var plaintext: String?
        let error = cryptoError { () throws(CryptoError) in
          plaintext = try key.decrypt(ciphertext, algorithm).revealed.hex
        }
        if plaintext != expected || (expected == nil && error != .authenticationFailure) {
          disagreements.append("\(test.tcId) \(test.comment)")
        }
        if plaintext != nil { decrypted += 1 }
      }
    }
    #expect(disagreements.isEmpty)
    #expect(decrypted > 5)
  }
}
