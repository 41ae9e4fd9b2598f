// RSA private keys from elsewhere: one key gives one encoding, and what is weak or cannot be used is refused.

import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct RSAFormTests {
  static let kinds: [KeyPairAlgorithm] = [.rsa2048, .rsa3072, .rsa4096]

  @Test(arguments: kinds) func everyFormOfAKeyComesBackAsItWasGenerated(kind: KeyPairAlgorithm) throws {
    let pair = try TestKeys.pair(kind)
    var forms: Set<[UInt8]> = []
    for privateExponent in RSAForm.PrivateExponent.allCases {
      for isSwapped in [false, true] {
        var form = try RSAForm(primesOf: pair.privateKey)
        form.privateExponent = privateExponent
        if isSwapped { swap(&form.prime1, &form.prime2) }
        let written = try form.pkcs8()
        forms.insert(written.revealed)

        let imported = try KeyPair(importing: written, as: kind)
        #expect(imported.privateKey == pair.privateKey, "\(privateExponent), swapped: \(isSwapped)")
        #expect(imported.publicKey == pair.publicKey, "\(privateExponent), swapped: \(isSwapped)")
      }
    }
    // The inverse modulo the product is the smallest one or the second, where p − 1 and q − 1 share only 2.
    #expect(forms.count >= 4)
  }

  /// 2⁶⁴ − 59 and 2⁶⁴ + 13 are prime: they have inverses.
  @Test(arguments: kinds) func publicExponentsHaveAtMost64Bits(kind: KeyPairAlgorithm) throws {
    var form = try RSAForm(primesOf: TestKeys.pair(kind).privateKey)
    form.publicExponent = try hex("ffffffffffffffc5")
    let pair = try KeyPair(importing: form.pkcs8(), as: kind)
    let key = try AsymmetricKeyMaterial(pair.privateKey, algorithm: kind)
    let message = SigningInput.message(SecretBytes([1, 2, 3]))
    let signature = try key.sign(message, .rsassaPSSSHA256)
    #expect(try key.isValid(signature, of: message, .rsassaPSSSHA256))
    let plaintext = SecretBytes([4, 5, 6])
    #expect(try key.decrypt(key.encrypt(plaintext, .rsaesOAEPSHA256), .rsaesOAEPSHA256) == plaintext)

    form.publicExponent = try hex("01000000000000000d")
    let tooLong = try form.pkcs8()
    #expect(throws: CryptoError.malformed) { try KeyPair(importing: tooLong, as: kind) }
  }

  /// FIPS 186-5 §A.1.3: |p − q| > 2⁹²⁴ where n has 2048 bits.
  @Test func primesThatAreCloseTogetherAreRefused() throws {
    let prime = try Self.number("d0", "0465")
    // 2⁹²⁴ − 232 and 2⁹²⁴ + 42 more.
    let near = try Self.number("d0000000000000000000000010", "037d")
    let far = try Self.number("d0000000000000000000000010", "048f")
    for primes in [(prime, near), (near, prime)] {
      let weak = try RSAForm(prime1: primes.0, prime2: primes.1).pkcs8()
      #expect(throws: CryptoError.malformed) { try KeyPair(importing: weak, as: .rsa2048) }
    }
    for primes in [(prime, far), (far, prime)] {
      _ = try KeyPair(importing: RSAForm(prime1: primes.0, prime2: primes.1).pkcs8(), as: .rsa2048)
    }
  }

  /// FIPS 186-5 §A.1.1: d > 2¹⁰²⁴ where n has 2048 bits. p − 1 and q − 1 have so much in common here that 2⁶⁴ − 59 has
  /// an inverse of 1023 bits, and of 1026.
  @Test func shortPrivateExponentsAreRefused() throws {
    let exponent = try hex("ffffffffffffffc5")
    var short = try RSAForm(
      prime1: Self.number("c5eaf6754cfaf8fa20", "0c76084d169908cf8f1a90086c7db1e57761"),
      prime2: Self.number("e36f111672fb980f60", "0e51c55112a9d0a249de4835452ebe829121"), publicExponent: exponent)
    for privateExponent in RSAForm.PrivateExponent.allCases {
      short.privateExponent = privateExponent
      let weak = try short.pkcs8()
      #expect(throws: CryptoError.malformed, "\(privateExponent)") { try KeyPair(importing: weak, as: .rsa2048) }
    }
    let long = try RSAForm(
      prime1: Self.number("c3f12c96f249ea513c", "0604ecddb705fd43fe55677a28ab67fc64f1fd"),
      prime2: Self.number("e1d12a8df09a0222e4", "06efde1b8b01ab2f01aa6977964f709430dc25"), publicExponent: exponent)
    _ = try KeyPair(importing: long.pkcs8(), as: .rsa2048)
  }

  /// A number of 1024 bits: its first digits and its last ones, and zeros between them.
  private static func number(_ start: String, _ end: String) throws -> [UInt8] {
    let (start, end) = (try hex(start), try hex(end))
    return start + [UInt8](repeating: 0, count: 128 - start.count - end.count) + end
  }
}
