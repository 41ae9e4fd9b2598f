// RSA private keys: what is read, and what does not belong together.

import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct RSAImportTests {
  static let kinds: [KeyPairAlgorithm] = [.rsa2048, .rsa3072, .rsa4096]

  private func pkcs8(
    version: [UInt8] = [0], innerVersion: [UInt8] = [0], parameters: [UInt8] = [5, 0], _ numbers: [[UInt8]],
    _ tail: [UInt8] = []
  ) -> SecretBytes {
    let algorithm = BER.sequence(BER.identifier(RSANumbers.rsaEncryption), parameters)
    let key = BER.element(0x30, BER.integer(innerVersion) + numbers.flatMap { BER.integer($0) })
    return SecretBytes(BER.sequence(BER.integer(version), algorithm, BER.octets(key), tail))
  }

  private func numbers(_ kind: KeyPairAlgorithm) throws -> [[UInt8]] {
    try RSANumbers(pkcs8: TestKeys.pair(kind).privateKey).all.map { number in
      let bytes = number.revealed
      return (bytes.first ?? 0) & 0x80 == 0 ? bytes : [0] + bytes
    }
  }

  @Test(arguments: kinds) func generatedKeysComeBackAsTheyWere(kind: KeyPairAlgorithm) throws {
    let pair = try TestKeys.pair(kind)
    let forms = try [
      pair.privateKey, pkcs8(numbers(kind)), pkcs8(parameters: [], numbers(kind)),
      pkcs8(numbers(kind).map { [0, 0] + $0 }),
      pkcs8(numbers(kind), BER.element(0xA0, BER.sequence(BER.identifier([0x55, 0x1D, 0x0F])))),
    ]
    for form in forms {
      let imported = try KeyPair(importing: form, as: kind)
      #expect(imported.privateKey == pair.privateKey)
      #expect(imported.publicKey == pair.publicKey)
    }
    for other in Self.kinds where other != kind {
      #expect(throws: CryptoError.malformed) { try KeyPair(importing: pair.privateKey, as: other) }
      #expect(throws: CryptoError.malformed) { try AsymmetricKeyMaterial(pair.privateKey, algorithm: other) }
    }
  }

  @Test func numbersThatDoNotBelongTogetherAreRefused() throws {
    let good = try numbers(.rsa2048)
    for index in good.indices {
      var numbers = good
      numbers[index][numbers[index].count - 1] ^= 2
      #expect(throws: CryptoError.malformed, "number \(index)") {
        try KeyPair(importing: pkcs8(numbers), as: .rsa2048)
      }
      numbers = good
      numbers[index] = [0]
      #expect(throws: CryptoError.malformed, "zero \(index)") { try KeyPair(importing: pkcs8(numbers), as: .rsa2048) }
      numbers[index] = []
      #expect(throws: CryptoError.malformed, "empty \(index)") { try KeyPair(importing: pkcs8(numbers), as: .rsa2048) }
      numbers[index] = [0x80] + good[index]
      #expect(throws: CryptoError.malformed, "negative \(index)") {
        try KeyPair(importing: pkcs8(numbers), as: .rsa2048)
      }
      numbers[index] = [1] + [UInt8](repeating: 0, count: 40_000)
      #expect(throws: CryptoError.malformed, "huge \(index)") { try KeyPair(importing: pkcs8(numbers), as: .rsa2048) }
    }
    #expect(throws: CryptoError.malformed) { try KeyPair(importing: pkcs8(Array(good.dropLast())), as: .rsa2048) }
    #expect(throws: CryptoError.malformed) { try KeyPair(importing: pkcs8(good + [[1]]), as: .rsa2048) }
    #expect(throws: CryptoError.malformed) { try KeyPair(importing: pkcs8(innerVersion: [1], good), as: .rsa2048) }
    #expect(throws: CryptoError.malformed) { try KeyPair(importing: pkcs8(version: [2], good), as: .rsa2048) }
    #expect(throws: CryptoError.malformed) { try KeyPair(importing: pkcs8(parameters: [5, 1, 0], good), as: .rsa2048) }
    let other = try RSANumbers(pkcs8: TestKeys.otherRSA(.rsa2048)).all.map { [0] + $0.revealed }
    let mixed = Array(good.prefix(3) + other.suffix(5))
    #expect(throws: CryptoError.malformed) { try KeyPair(importing: pkcs8(mixed), as: .rsa2048) }
  }

  @Test func otherKindsOfKeysAreRefused() throws {
    for kind in KeyPairAlgorithm.allCases where kind.modulusBits == nil {
      let key = try TestKeys.pair(kind).privateKey
      #expect(throws: CryptoError.malformed) { try KeyPair(importing: key, as: .rsa2048) }
      let rsa = try TestKeys.pair(.rsa2048).privateKey
      #expect(throws: CryptoError.malformed) { try KeyPair(importing: rsa, as: kind) }
      #expect(throws: CryptoError.malformed) { try AsymmetricKeyMaterial(rsa, algorithm: kind) }
    }
  }
}
