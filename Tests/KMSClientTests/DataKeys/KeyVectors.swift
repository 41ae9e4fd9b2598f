// Keys in the forms of the published standards, and of other tools, for reading.

import Foundation
import SecureMemory

/// DER keys that swift-crypto did not write.
enum KeyVectors {
  /// RFC 8410, 10.3: an Ed25519 private key, and the same one with attributes and its public key attached.
  static let ed25519 = decode("MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC")
  static let ed25519WithPublicKey = decode(
    "MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hhaXJzgSEA"
      + "Gb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")
  /// RFC 8410, 10.1: its public key.
  static let ed25519Public = decode("MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")

  /// Private keys that no type of swift-crypto can hold, made by `openssl genpkey` 3.0.
  static let foreignPrivateKeys = [
    // secp256k1
    decode(
      "MIGEAgEAMBAGByqGSM49AgEGBSuBBAAKBG0wawIBAQQgJquXujZytjDH3fJFaBZP1OKQIwI3EoficAKV/x4SHGKhRANCAARiCIuUh9eQbnZW2UU+"
        + "DQRVudVvRyfzMqL2TbYD2xWClBqlDEHUB+F0bWiOOlnY5WdFLM8jvsM8pfjK+u8WTjyU"),
    // SM2
    decode(
      "MIGHAgEAMBMGByqGSM49AgEGCCqBHM9VAYItBG0wawIBAQQghczWK+nFPEP156QMonqJ1cyUwtWpN4KId1KUo86H/YKhRANCAARFc2au+iFfttQT"
        + "3bkL/hga2HT7ylMdmDHnearlTcUH9wXRoZLvoOgU26M3LicoHmKCmhZl6yszd8iNRnyM2fa9"),
    // X25519
    decode("MC4CAQAwBQYDK2VuBCIEIFC/B+oTJ7iW9TobaNU9ut8lsZDndaWWGInTjQK/u9lp"),
  ]

  /// The public keys of the first two.
  static let foreignPublicKeys = [
    decode(
      "MFYwEAYHKoZIzj0CAQYFK4EEAAoDQgAEYgiLlIfXkG52VtlFPg0EVbnVb0cn8zKi9k22A9sVgpQapQxB1AfhdG1ojjpZ2OVnRSzPI77DPKX4yvrv"
        + "Fk48lA=="),
    decode(
      "MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAERXNmrvohX7bUE925C/4YGth0+8pTHZgx53mq5U3FB/cF0aGS76DoFNujNy4nKB5igpoWZesrM3fI"
        + "jUZ8jNn2vQ=="),
  ]

  private static func decode(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64).map(Array.init) ?? []
  }
}
