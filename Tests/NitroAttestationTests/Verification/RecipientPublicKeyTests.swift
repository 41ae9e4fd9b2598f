import NitroAttestation
import Testing

@Suite struct RecipientPublicKeyTests {
  @Test("reads RSA keys", arguments: [(TestPublicKey.rsa2048, 2048), (TestPublicKey.rsa4096, 4096)])
  func reads(bytes: [UInt8], bits: Int) throws {
    let key = try RecipientPublicKey(subjectPublicKeyInfo: bytes)
    #expect(key.subjectPublicKeyInfo == bytes)
    #expect(key.modulusBits == bits)
  }

  @Test(
    "refuses other keys and other encodings",
    arguments: [
      [], [0x30, 0x00], TestPublicKey.rsa1024, TestPublicKey.rsa2048WithExponent3, TestPublicKey.rsaPSS,
      TestPublicKey.p384, TestPublicKey.pkcs1, TestPublicKey.rsa2048 + [0], TestPublicKey.rsa2048.dropLast(),
    ] as [[UInt8]])
  func refuses(bytes: [UInt8]) {
    #expect(throws: AttestationError.unsupportedPublicKey) { try RecipientPublicKey(subjectPublicKeyInfo: bytes) }
  }

  @Test("refuses an even modulus, and an exponent that is even, negative, or smaller than 65537")
  func numbers() throws {
    // The modulus ends before the exponent: 02 03 01 00 01.
    let good = TestPublicKey.rsa2048
    try #require(good.suffix(5) == [0x02, 0x03, 0x01, 0x00, 0x01])
    for (fromEnd, value) in [(6, 0x02), (1, 0x02), (1, 0x00), (3, 0x81), (3, 0x00)] as [(Int, UInt8)] {
      var bytes = good
      bytes[bytes.count - fromEnd] = value
      #expect(throws: AttestationError.unsupportedPublicKey) { try RecipientPublicKey(subjectPublicKeyInfo: bytes) }
    }
  }

  @Test("refuses another algorithm's identifier around an RSA key", arguments: [0x02, 0x07, 0x0A, 0x0B] as [UInt8])
  func algorithm(last: UInt8) throws {
    var bytes = TestPublicKey.rsa2048
    let identifier: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
    let range = try #require(bytes.firstRange(of: identifier))
    bytes[range.upperBound - 1] = last
    #expect(throws: AttestationError.unsupportedPublicKey) { try RecipientPublicKey(subjectPublicKeyInfo: bytes) }
  }
}
