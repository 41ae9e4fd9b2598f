import Foundation
import SecureMemory
import Testing

@testable import NitroAttestation

@Suite struct RecipientPrivateKeyTests {
  @Test("refuses bytes that are no private RSA key")
  func malformed() throws {
    let good = [UInt8](try TestRecipient.file.get().privateKey)
    for bytes in [[], [0x30], TestPublicKey.rsa2048, Array(good.dropLast()), [UInt8](repeating: 0, count: 1200)] {
      #expect(throws: RecipientPrivateKey.MalformedKey.self) {
        try RecipientPrivateKey(derRepresentation: SecretBytes(bytes))
      }
    }
  }

  @Test("shows nothing of itself")
  func redaction() throws {
    let key = try TestRecipient.key()
    var dumped = ""
    dump(key, to: &dumped)
    #expect("\(key)" == "<redacted>")
    #expect(String(reflecting: key) == "<redacted>")
    #expect(!dumped.contains("publicKey"))
  }
}
