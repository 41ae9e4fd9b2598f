// Altered private keys: reading them ends, in a key or in an error, and never otherwise.

import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct ImportFuzzTests {
  /// SplitMix64: the same sequence in every run.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  @Test(arguments: KeyPairAlgorithm.allCases) func everyTruncationIsRefused(kind: KeyPairAlgorithm) throws {
    let key = try TestKeys.pair(kind).privateKey.revealed
    for count in key.indices {
      let cut = SecretBytes(key.prefix(count))
      #expect(throws: CryptoError.malformed) { try KeyPair(importing: cut, as: kind) }
      #expect(throws: CryptoError.malformed) { try AsymmetricKeyMaterial(cut, algorithm: kind) }
    }
  }

  @Test(arguments: KeyPairAlgorithm.allCases) func alteredKeysAreReadOrRefused(kind: KeyPairAlgorithm) throws {
    var generator = Generator(state: 20_240_817)
    let key = try TestKeys.pair(kind).privateKey.revealed
    var outcomes = (read: 0, refused: 0)
    // A changed number of RSA's costs a test of two primes.
    let rounds = kind.isSlow ? 60 : 2000
    for _ in 0..<rounds {
      var altered = key
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let end = Bool.random(using: &generator) ? min(altered.count, 40) : altered.count
        let index = Int.random(in: 0..<end, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: altered[index] = UInt8.random(in: 0...255, using: &generator)
        case 1: altered[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: altered.remove(at: index)
        default: altered.insert(UInt8.random(in: 0...255, using: &generator), at: index)
        }
      }
      let error = cryptoError { () throws(CryptoError) in
        let pair = try KeyPair(importing: SecretBytes(altered), as: kind)
        _ = try AsymmetricKeyMaterial(pair.privateKey, algorithm: kind)
      }
      switch error {
      case nil: outcomes.read += 1
      case .malformed: outcomes.refused += 1
      default: Issue.record("\(String(describing: error)) for \(altered.hex)")
      }
      // Opening without importing checks less, but ends in the same two ways.
      let opened = cryptoError { () throws(CryptoError) in
        _ = try AsymmetricKeyMaterial(SecretBytes(altered), algorithm: kind)
      }
      #expect(opened == nil || opened == .malformed)
    }
    #expect(outcomes.refused > rounds / 2)
  }

  @Test func randomBytesAreRefused() {
    var generator = Generator(state: 7)
    for _ in 0..<5000 {
      // Mostly tags and lengths that mean something.
      let likely: [UInt8] = [0x30, 0x80, 0x02, 0x04, 0x24, 0x06, 0x00, 0xA0, 0xA1, 0x81, 0x82, 0x84, 0x01]
      let bytes = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
        Int.random(in: 0..<4, using: &generator) == 0
          ? UInt8.random(in: 0...255, using: &generator) : likely.randomElement(using: &generator) ?? 0
      }
      for kind in KeyPairAlgorithm.allCases {
        #expect(throws: CryptoError.malformed) { try KeyPair(importing: SecretBytes([0x30, 0x80] + bytes), as: kind) }
      }
    }
  }

  @Test func deepNestingIsRefused() {
    for opening in [[0x30, 0x80], [0x24, 0x80], [0xA0, 0x80]] as [[UInt8]] {
      let nested = [UInt8]([0x30, 0x80, 0x02, 0x01, 0x00]) + (0..<20_000).flatMap { _ in opening }
      for kind in KeyPairAlgorithm.allCases {
        #expect(throws: CryptoError.malformed) { try KeyPair(importing: SecretBytes(nested), as: kind) }
      }
    }
  }

  @Test(arguments: [KeyPairAlgorithm.mlDSA44, .mlDSA65, .mlDSA87])
  func mlDSAKeysCannotBeImported(kind: KeyPairAlgorithm) throws {
    let key = try kind.generate().privateKey
    #expect(throws: CryptoError.malformed) { try KeyPair(importing: key, as: kind) }
  }
}
