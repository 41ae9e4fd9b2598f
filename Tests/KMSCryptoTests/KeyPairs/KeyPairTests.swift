// Every kind of key pair: its encodings, and that no two are alike.

import KMSCrypto
import SecureMemory
import Testing

@Suite struct KeyPairTests {
  @Test(arguments: KeyPairAlgorithm.allCases)
  func sizesAndIdentifiers(of algorithm: KeyPairAlgorithm) throws {
    let pair = try algorithm.generate()
    #expect(pair.publicKey.count == algorithm.publicKeyByteCount)
    #expect(algorithm.privateKeyByteCounts.contains(pair.privateKey.count))
    for identifier in algorithm.objectIdentifiers {
      #expect(pair.publicKey.hex.contains(identifier))
      #expect(pair.privateKey.revealed.hex.contains(identifier))
    }
  }

  @Test(arguments: KeyPairAlgorithm.inOpenSSL)
  func halvesBelongTogether(of algorithm: KeyPairAlgorithm) throws {
    let pair = try algorithm.generate()
    let privateKey = try #require(OpenSSLKey(pkcs8: pair.privateKey.revealed))
    let publicKey = try #require(OpenSSLKey(spki: pair.publicKey))
    #expect(privateKey.isConsistent)
    #expect(privateKey.hasSamePublicKey(as: publicKey))

    let other = try #require(OpenSSLKey(spki: try algorithm.generate().publicKey))
    #expect(!privateKey.hasSamePublicKey(as: other))
  }

  @Test(arguments: KeyPairAlgorithm.inOpenSSL)
  func whatThePrivateKeySignsThePublicKeyVerifies(of algorithm: KeyPairAlgorithm) throws {
    let pair = try algorithm.generate()
    let privateKey = try #require(OpenSSLKey(pkcs8: pair.privateKey.revealed))
    let publicKey = try #require(OpenSSLKey(spki: pair.publicKey))
    let message = Array("a message".utf8)
    let signature = try #require(privateKey.sign(message, digest: algorithm.digest, sm2ID: algorithm.sm2ID))
    #expect(publicKey.verifies(signature, message, digest: algorithm.digest, sm2ID: algorithm.sm2ID))
    #expect(!publicKey.verifies(signature, message + [0], digest: algorithm.digest, sm2ID: algorithm.sm2ID))
  }

  /// 600 pairs hold, all but surely, scalars and coordinates with leading zero bytes: lengths must not follow them.
  @Test(arguments: KeyPairAlgorithm.quick.filter { !$0.isMLDSA })
  func manyPairsAreDistinctAndSound(of algorithm: KeyPairAlgorithm) throws {
    var privateKeys: Set<[UInt8]> = []
    var publicKeys: Set<[UInt8]> = []
    var unsound = 0
    let count = 600
    for index in 0..<count {
      let pair = try algorithm.generate()
      let privateKey = pair.privateKey.revealed
      privateKeys.insert(privateKey)
      publicKeys.insert(pair.publicKey)
      let rightSize =
        pair.publicKey.count == algorithm.publicKeyByteCount
        && algorithm.privateKeyByteCounts.contains(privateKey.count)
      // Deriving the public key again costs more than making the pair, so only every third is checked so.
      let belongTogether =
        !index.isMultiple(of: 3)
        || OpenSSLKey(pkcs8: privateKey).map { privateKey in
          privateKey.isConsistent && OpenSSLKey(spki: pair.publicKey).map(privateKey.hasSamePublicKey(as:)) == true
        } == true
      if !rightSize || !belongTogether { unsound += 1 }
    }
    #expect(privateKeys.count == count)
    #expect(publicKeys.count == count)
    #expect(unsound == 0)
  }

  @Test func rsaPairsAreDistinct() throws {
    let pairs = try (0..<4).map { _ in try KeyPairAlgorithm.rsa2048.generate() }
    #expect(Set(pairs.map(\.publicKey)).count == pairs.count)
    #expect(Set(pairs.map(\.privateKey.revealed)).count == pairs.count)
  }

  @Test func pairsCanBeMadeOnManyThreads() async throws {
    let publicKeys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<16 {
        for algorithm in KeyPairAlgorithm.quick { group.addTask { try algorithm.generate().publicKey } }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(publicKeys.count == 16 * KeyPairAlgorithm.quick.count)
  }

  @Test func printingAPairTellsNothingOfItsPrivateKey() throws {
    let pair = try KeyPairAlgorithm.edwards25519.generate()
    var dumped = ""
    dump(pair, to: &dumped)
    let seed = pair.privateKey.revealed.suffix(32)
    #expect("\(pair)".contains("<redacted>"))
    for text in ["\(pair)", dumped] {
      #expect(!text.contains(Array(seed).hex))
      #expect(!text.contains(seed.map(String.init).joined(separator: ", ")))
    }
  }
}
