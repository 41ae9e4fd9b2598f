// ML-DSA against Wycheproof: keys from seeds, message representatives, and both ways of verifying.

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
        // Where the vectors leave μ out, it is the message's, with an empty context.
        let context = test.ctx ?? ""
        var representative = try test.mu.map { try MLDSARepresentative(SecretBytes(try hex($0))) }
        if let message = test.msg, context.isEmpty {
          let message = SecretBytes(try hex(message))
          let own = try key.publicKey.representative(of: message)
          if let expected = representative, expected.bytes != own.bytes { disagreements.append("\(test.tcId) μ") }
          if representative != nil { counts.representatives += 1 }
          representative = own
          if !key.publicKey.isValid(signature, of: message) { disagreements.append("\(test.tcId) message") }
        }
        let known = try #require(representative)
        if try !key.publicKey.isValid(signature, representative: known) { disagreements.append("\(test.tcId) over μ") }
        counts.signatures += 1

        // Our own signatures are hedged: others each time, and valid.
        let own = try key.sign(representative: known)
        if own == signature { disagreements.append("\(test.tcId) not hedged") }
        if try !key.publicKey.isValid(own, representative: known) { disagreements.append("\(test.tcId) own") }
      }
    }
    #expect(disagreements.isEmpty)
    #expect(counts.keys > 5)
    #expect(counts.representatives > 20)
    #expect(counts.signatures > 50)
  }

  /// Each vector twice: as it is, by BoringSSL; over μ, by our own verification.
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
        let representative = try key.representative(of: message)
        let isValidOverRepresentative = try key.isValid(
          signature, of: .externalMu(representative.bytes), .mlDSASHAKE256)
        if isValid != expected { disagreements.append("\(test.tcId) \(test.comment)") }
        if isValidOverRepresentative != expected { disagreements.append("\(test.tcId) \(test.comment) over μ") }
        if isValid { accepted += 1 }
      }
    }
    #expect(disagreements.isEmpty)
    #expect(accepted > 20)
  }

  /// Every part of a signature, altered: both ways of verifying refuse it.
  @Test(arguments: [KeyPairAlgorithm.mlDSA44, .mlDSA65, .mlDSA87])
  func alteredSignaturesAreRefusedBothWays(algorithm: KeyPairAlgorithm) throws {
    let key = try MLDSAKey(algorithm.generate().privateKey, algorithm)
    let message = SecretBytes(Array("a message".utf8))
    let representative = try key.publicKey.representative(of: message)
    let signature = try key.sign(message)
    #expect(try key.publicKey.isValid(signature, representative: representative))
    for index in stride(from: 0, to: signature.count, by: 41) {
      var altered = signature
      altered[index] ^= UInt8(1 << (index % 8))
      #expect(!key.publicKey.isValid(altered, of: message), "\(index)")
      #expect(try !key.publicKey.isValid(altered, representative: representative), "\(index)")
    }
    var other = representative.bytes.revealed
    other[63] ^= 1
    #expect(try !key.publicKey.isValid(signature, representative: MLDSARepresentative(SecretBytes(other))))
  }
}
