// Secrets do not show when a value that holds them is printed.

import AWSJSON
import KMSModel
import SecureMemory
import Testing

@Suite struct SecrecyTests {
  private func expectHidden(_ value: some Any) {
    var dumped = ""
    dump(value, to: &dumped)
    for text in ["\(value)", String(reflecting: value), dumped] {
      #expect(text.contains("<redacted>"))
      #expect(!text.contains("hunter2"))
      #expect(!text.contains("104"))  // the first byte
    }
  }

  private let secret = SecretBytes("hunter2".utf8)

  @Test func privateKeys() {
    expectHidden(
      GenerateDataKeyPairOutput(
        privateKeyCiphertextBlob: [1], publicKey: [2], keyID: "k", keyPairSpec: .sm2, privateKeyPlaintext: secret))
  }

  @Test func plaintexts() {
    expectHidden(EncryptInput(keyID: "k", plaintext: secret))
    expectHidden(DecryptOutput(keyID: "k", encryptionAlgorithm: .symmetricDefault, plaintext: secret))
  }

  @Test func passwords() {
    expectHidden(UpdateCustomKeyStoreInput(customKeyStoreID: "s", keyStorePassword: secret))
    expectHidden(XksProxyAuthenticationCredential(accessKeyID: secret, rawSecretAccessKey: secret))
  }

  @Test func passwordsAreTextOnTheWire() throws {
    let input = try UpdateCustomKeyStoreInput.decodeInput(
      Array(#"{"CustomKeyStoreId": "s", "KeyStorePassword": "hunt\u00e9r22"}"#.utf8))
    #expect(input.keyStorePassword == SecretBytes("huntér22".utf8))
    #expect(
      String(decoding: input.encoded(), as: UTF8.self) == #"{"CustomKeyStoreId":"s","KeyStorePassword":"huntér22"}"#)
  }
}
