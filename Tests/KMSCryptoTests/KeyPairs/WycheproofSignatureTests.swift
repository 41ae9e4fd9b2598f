// Wycheproof's signature vectors, through the very libraries that make our key pairs.

import Crypto
import CryptoExtras
import KMSCrypto
import Testing

@Suite(.needsWycheproof) struct WycheproofSignatureTests {
  @Test(arguments: [
    ("ecdsa_secp256r1_sha256_test", KeyPairAlgorithm.nistP256),
    ("ecdsa_secp384r1_sha384_test", .nistP384),
    ("ed25519_test", .edwards25519),
    ("rsa_signature_2048_sha256_test", .rsa2048),
    ("rsa_signature_2048_sha384_test", .rsa2048),
    ("rsa_signature_2048_sha512_test", .rsa2048),
    ("rsa_signature_3072_sha256_test", .rsa3072),
    ("rsa_signature_4096_sha512_test", .rsa4096),
    ("rsa_pss_2048_sha256_mgf1_32_test", .rsa2048),
    ("rsa_pss_2048_sha384_mgf1_48_test", .rsa2048),
    ("rsa_pss_3072_sha256_mgf1_32_test", .rsa3072),
    ("rsa_pss_4096_sha384_mgf1_48_test", .rsa4096),
    ("rsa_pss_4096_sha512_mgf1_64_test", .rsa4096),
  ])
  func swiftCrypto(file: String, algorithm: KeyPairAlgorithm) throws {
    let padding: _RSA.Signing.Padding = file.hasPrefix("rsa_pss") ? .PSS : .insecurePKCS1v1_5
    try check(file) { spki, digest in
      let key = try SwiftCryptoVerifier(spki: spki, algorithm: algorithm)
      return { try key.verifies($0, $1, digest: digest, padding: padding) }
    }
  }

  @Test(arguments: ["ecdsa_secp521r1_sha512_test", "ecdsa_secp256k1_sha256_test"])
  func openSSL(file: String) throws {
    try check(file) { spki, digest in
      let key = try #require(OpenSSLKey(spki: spki))
      return { key.verifies($0, $1, digest: digest) }
    }
  }

  /// Runs every case of a file; lists those with another outcome than the published one.
  private func check(
    _ file: String,
    _ makeVerifier: (_ spki: [UInt8], _ digest: String?) throws -> (_ signature: [UInt8], _ message: [UInt8]) throws ->
      Bool
  ) throws {
    var disagreements: [String] = []
    var accepted = 0
    for group in try Wycheproof(file).testGroups {
      let digest = group.sha?.replacing("-", with: "")
      let verifies = try makeVerifier(try hex(try #require(group.publicKeyDer)), digest)
      for test in group.tests {
        let isValid = try verifies(try hex(try #require(test.sig)), try hex(try #require(test.msg)))
        if isValid { accepted += 1 }
        if test.result != .acceptable, isValid != (test.result == .valid) {
          disagreements.append("\(test.tcId) \(test.comment): \(test.result)")
        }
      }
    }
    #expect(disagreements.isEmpty)
    #expect(accepted > 0)
  }
}
