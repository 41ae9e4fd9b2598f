// Ed25519 private keys in both versions of PKCS #8.

import KMSCrypto
import SecureMemory
import Testing

@Suite struct EdwardsImportTests {
  private let identifier = BER.sequence(BER.identifier([0x2B, 0x65, 0x70]))

  private func info(
    version: [UInt8] = [0], algorithm: [UInt8]? = nil, seed: [UInt8], _ tail: [UInt8] = []
  ) -> SecretBytes {
    SecretBytes(
      BER.sequence(BER.integer(version), algorithm ?? identifier, BER.octets(BER.octets(seed)), tail))
  }

  @Test func bothVersionsAreRead() throws {
    let pair = try KeyPairAlgorithm.edwards25519.generate()
    let seed = Array(pair.privateKey.revealed.suffix(32))
    let point = Array(pair.publicKey.suffix(32))
    for form in [
      pair.privateKey, info(seed: seed), info(version: [1], seed: seed, BER.element(0x81, [0] + point)),
      info(version: [1], seed: seed, BER.element(0xA0, []) + BER.element(0x81, [0] + point)),
    ] {
      let imported = try KeyPair(importing: form, as: .edwards25519)
      #expect(imported.privateKey == pair.privateKey)
      #expect(imported.publicKey == pair.publicKey)
    }
  }

  @Test func everythingElseIsRefused() throws {
    let seed = RandomBytes.array(count: 32)
    let other = Array(try KeyPairAlgorithm.edwards25519.generate().publicKey.suffix(32))
    let x25519 = BER.sequence(BER.identifier([0x2B, 0x65, 0x6E]))
    let withNull = BER.sequence(BER.identifier([0x2B, 0x65, 0x70]), [5, 0])
    for (name, form) in [
      ("short seed", info(seed: Array(seed.dropLast()))), ("long seed", info(seed: seed + [0])),
      ("another's public key", info(version: [1], seed: seed, BER.element(0x81, [0] + other))),
      ("X25519", info(algorithm: x25519, seed: seed)), ("parameters", info(algorithm: withNull, seed: seed)),
      ("bare seed", SecretBytes(seed)), ("version", info(version: [2], seed: seed)),
      ("one OCTET STRING", SecretBytes(BER.sequence(BER.integer([0]), identifier, BER.octets(seed)))),
      ("P-256", try KeyPairAlgorithm.nistP256.generate().privateKey),
    ] {
      #expect(throws: CryptoError.malformed, "\(name)") { try KeyPair(importing: form, as: .edwards25519) }
    }
  }
}
