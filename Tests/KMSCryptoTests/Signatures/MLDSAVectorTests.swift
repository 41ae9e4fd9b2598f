// ML-DSA against Wycheproof: keys from seeds, signatures over message representatives, and verification.

import SecureMemory
import Testing

@testable import KMSCrypto

@Suite(.needsWycheproof) struct MLDSAVectorTests {
  /// The known answers for what BoringSSL does for us: a seed's keys, and μ.
  @Test(arguments: [("mldsa_44", KeyPairAlgorithm.mlDSA44), ("mldsa_65", .mlDSA65), ("mldsa_87", .mlDSA87)])
  func seedsGiveTheirKeysAndRepresentatives(name: String, algorithm: KeyPairAlgorithm) throws {
    let parameters = try #require(MLDSAParameters(algorithm))
    var disagreements: [String] = []
    var counts = (keys: 0, representatives: 0, signatures: 0)
    for group in try Wycheproof(name + "_sign_seed_test").testGroups {
      let seed = SecretBytes(try hex(try #require(group.privateSeed)))
      guard seed.count == 32 else {
        #expect(throws: CryptoError.malformed) { try MLDSAKey(seed: seed, parameters) }
        continue
      }
      let key = try MLDSAKey(seed: seed, parameters)
      #expect(try key.publicKey.encoded().hex == group.publicKey)
      if let pkcs8 = try group.privateKeyPkcs8.map({ SecretBytes(try hex($0)) }) {
        #expect(try parameters.encoding.parse(pkcs8).scalar == seed)
        counts.keys += 1
      }

      for test in group.tests where test.result == .valid {
        let signature = try hex(try #require(test.sig))
        // Where a vector has a message with an empty context, the signature is over that; all have μ, or a message.
        let message = try test.msg.flatMap { (test.ctx ?? "").isEmpty ? SecretBytes(try hex($0)) : nil }
        if let message, !key.publicKey.isValid(signature, of: message) { disagreements.append("\(test.tcId) message") }
        counts.signatures += 1

        // Our own signatures over μ are hedged: others each time, and valid over the message.
        guard let mu = test.mu, let message else { continue }
        let own = try key.sign(representative: MLDSARepresentative(SecretBytes(try hex(mu))))
        if own == signature { disagreements.append("\(test.tcId) not hedged") }
        if !key.publicKey.isValid(own, of: message) { disagreements.append("\(test.tcId) own") }
        counts.representatives += 1
      }
    }
    #expect(disagreements.isEmpty)
    #expect(counts.keys > 5)
    #expect(counts.representatives > 20)
    #expect(counts.signatures > 50)
  }

  /// Each vector, by BoringSSL.
  @Test(arguments: [("mldsa_44", KeyPairAlgorithm.mlDSA44), ("mldsa_65", .mlDSA65), ("mldsa_87", .mlDSA87)])
  func verification(name: String, algorithm: KeyPairAlgorithm) throws {
    let parameters = try #require(MLDSAParameters(algorithm))
    var disagreements: [String] = []
    var accepted = 0
    for group in try Wycheproof(name + "_verify_test").testGroups {
      let encoded = try hex(try #require(group.publicKey))
      guard let key = try? MLDSAPublicKey(encoded, parameters) else {
        #expect(group.tests.allSatisfy { $0.result == .invalid })
        continue
      }
      for test in group.tests {
        let signature = try hex(try #require(test.sig))
        let message = SecretBytes(try hex(try #require(test.msg)))
        // A signature with another context than the empty one is none for us.
        let expected = test.result == .valid && (test.ctx ?? "").isEmpty
        let isValid = try key.isValid(signature, of: .message(message), .mlDSASHAKE256)
        if isValid != expected { disagreements.append("\(test.tcId) \(test.comment)") }
        if isValid { accepted += 1 }
      }
    }
    #expect(disagreements.isEmpty)
    #expect(accepted > 20)
  }

  /// Every part of a signature, altered.
  @Test(arguments: [KeyPairAlgorithm.mlDSA44, .mlDSA65, .mlDSA87])
  func alteredSignaturesAreRefused(algorithm: KeyPairAlgorithm) throws {
    let key = try MLDSAKey(algorithm.generate().privateKey, algorithm)
    let message = SecretBytes(Array("a message".utf8))
    let signature = try key.sign(message)
    for index in stride(from: 0, to: signature.count, by: 41) {
      var altered = signature
      altered[index] ^= UInt8(1 << (index % 8))
      #expect(!key.publicKey.isValid(altered, of: message), "\(index)")
    }
  }
}
