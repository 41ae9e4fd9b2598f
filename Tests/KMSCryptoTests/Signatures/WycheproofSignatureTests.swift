// Wycheproof's signature vectors: what our public keys accept.

import SecureMemory
import Testing

@testable import KMSCrypto

@Suite(.needsWycheproof) struct WycheproofSignatureTests {
  @Test(arguments: [
    ("ecdsa_secp256r1_sha256_test", KeyPairAlgorithm.nistP256, SignatureAlgorithm.ecdsaSHA256),
    ("ecdsa_secp384r1_sha384_test", .nistP384, .ecdsaSHA384),
    ("ecdsa_secp521r1_sha512_test", .nistP521, .ecdsaSHA512),
    ("ecdsa_secp256k1_sha256_test", .secp256k1, .ecdsaSHA256),
    ("ed25519_test", .edwards25519, .ed25519SHA512),
    ("rsa_signature_2048_sha256_test", .rsa2048, .rsassaPKCS1v15SHA256),
    ("rsa_signature_2048_sha384_test", .rsa2048, .rsassaPKCS1v15SHA384),
    ("rsa_signature_2048_sha512_test", .rsa2048, .rsassaPKCS1v15SHA512),
    ("rsa_signature_3072_sha256_test", .rsa3072, .rsassaPKCS1v15SHA256),
    ("rsa_signature_4096_sha512_test", .rsa4096, .rsassaPKCS1v15SHA512),
    ("rsa_pss_2048_sha256_mgf1_32_test", .rsa2048, .rsassaPSSSHA256),
    ("rsa_pss_2048_sha384_mgf1_48_test", .rsa2048, .rsassaPSSSHA384),
    ("rsa_pss_3072_sha256_mgf1_32_test", .rsa3072, .rsassaPSSSHA256),
    ("rsa_pss_4096_sha384_mgf1_48_test", .rsa4096, .rsassaPSSSHA384),
    ("rsa_pss_4096_sha512_mgf1_64_test", .rsa4096, .rsassaPSSSHA512),
  ])
  func verification(file: String, key: KeyPairAlgorithm, algorithm: SignatureAlgorithm) throws {
    var disagreements: [String] = []
    var accepted = 0
    for group in try Wycheproof(file).testGroups {
      let key = try key.verificationKey(spki: try hex(try #require(group.publicKeyDer)))
      for test in group.tests {
        let signature = try hex(try #require(test.sig))
        let message = SecretBytes(try hex(try #require(test.msg)))
        let isValid = try key.isValid(signature, of: .message(message), algorithm)
        if isValid { accepted += 1 }
        if test.result != .acceptable, isValid != (test.result == .valid) {
          disagreements.append("\(test.tcId) \(test.comment): \(test.result)")
        }
        // Over the digest it must be the same.
        if let digest = algorithm.digestAlgorithm {
          let overDigest = try key.isValid(signature, of: .digest(digest.hash(message)), algorithm)
          if overDigest != isValid { disagreements.append("\(test.tcId) \(test.comment): over the digest") }
        }
      }
    }
    #expect(disagreements.isEmpty)
    #expect(accepted > 0)
  }
}

extension SignatureAlgorithm {
  /// The hash function whose digests it signs; nil where it signs no digest, or not that of the message.
  var digestAlgorithm: DigestAlgorithm? {
    switch self {
    case .rsassaPKCS1v15SHA256, .rsassaPSSSHA256, .ecdsaSHA256: .sha256
    case .rsassaPKCS1v15SHA384, .rsassaPSSSHA384, .ecdsaSHA384: .sha384
    case .rsassaPKCS1v15SHA512, .rsassaPSSSHA512, .ecdsaSHA512: .sha512
    case .ed25519SHA512, .ed25519phSHA512, .sm2DSA, .mlDSASHAKE256: nil
    }
  }
}
