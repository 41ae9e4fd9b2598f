// From a reply to a usable key in one call, and what happens when the reply has no plaintext.

import Crypto
import Foundation
import KMSClient
import Testing

@Suite("Outputs as keys")
struct OutputConversionTests {
  private let key = P256.Signing.PrivateKey()

  private func pair(plaintext: Bool = true) -> GenerateDataKeyPairOutput {
    GenerateDataKeyPairOutput(
      privateKeyCiphertextBlob: [1], publicKey: Array(key.publicKey.derRepresentation), keyID: "arn",
      keyPairSpec: .eccNISTP256, privateKeyPlaintext: plaintext ? SecretBytes(key.derRepresentation) : nil)
  }

  @Test("a pair's halves")
  func pairHalves() throws {
    let privateKey = try pair().privateKey(as: P256.Signing.PrivateKey.self)
    #expect(privateKey.rawRepresentation == key.rawRepresentation)
    let publicKey = try pair().publicKey(as: P256.Signing.PublicKey.self)
    #expect(publicKey.rawRepresentation == key.publicKey.rawRepresentation)
    #expect(throws: DataKeyError.otherKeyType) { _ = try pair().privateKey(as: P384.Signing.PrivateKey.self) }
    #expect(throws: DataKeyError.otherKeyType) { _ = try pair().publicKey(as: P384.Signing.PublicKey.self) }
  }

  @Test("a pair's PEM texts are read by swift-crypto")
  func pairPEM() throws {
    let privatePEM = try pair().privateKeyPEM().withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    #expect(try P256.Signing.PrivateKey(pemRepresentation: privatePEM).rawRepresentation == key.rawRepresentation)
    #expect(
      try P256.Signing.PublicKey(pemRepresentation: pair().publicKeyPEM).rawRepresentation
        == key.publicKey.rawRepresentation)
  }

  @Test("other replies with a public key")
  func publicKeys() throws {
    let withoutPlaintext = GenerateDataKeyPairWithoutPlaintextOutput(
      privateKeyCiphertextBlob: [1], publicKey: Array(key.publicKey.derRepresentation), keyID: "arn",
      keyPairSpec: .eccNISTP256)
    let getPublicKey = GetPublicKeyOutput(
      keyID: "arn", publicKey: Array(key.publicKey.derRepresentation), keySpec: .eccNISTP256, keyUsage: .signVerify)
    for (publicKey, pem) in [
      (try withoutPlaintext.publicKey(as: P256.Signing.PublicKey.self), withoutPlaintext.publicKeyPEM),
      (try getPublicKey.publicKey(as: P256.Signing.PublicKey.self), getPublicKey.publicKeyPEM),
    ] {
      #expect(publicKey.rawRepresentation == key.publicKey.rawRepresentation)
      #expect(pem == key.publicKey.pemRepresentation + "\n")
    }
  }

  @Test("an opened private key")
  func opened() throws {
    let opened = DecryptOutput(
      keyID: "arn", encryptionAlgorithm: .symmetricDefault, plaintext: SecretBytes(key.derRepresentation))
    #expect(
      try opened.privateKey(as: P256.Signing.PrivateKey.self).rawRepresentation == key.rawRepresentation)
    #expect(try opened.privateKeyPEM() == pair().privateKeyPEM())
  }

  @Test("symmetric data keys")
  func symmetric() throws {
    let made = GenerateDataKeyOutput(ciphertextBlob: [1], keyID: "arn", plaintext: SecretBytes(0..<32))
    let opened = DecryptOutput(
      keyID: "arn", encryptionAlgorithm: .symmetricDefault, plaintext: SecretBytes(0..<32))
    #expect(try made.symmetricKey() == opened.symmetricKey())
    #expect(try made.symmetricKey().bitCount == 256)
  }

  @Test("a reply for an attested recipient has no plaintext")
  func missing() {
    let empty = DecryptOutput(keyID: "arn", encryptionAlgorithm: .symmetricDefault)
    let made = GenerateDataKeyOutput(ciphertextBlob: [1], keyID: "arn")
    let missing = DataKeyError.plaintextMissing
    #expect(throws: missing) { _ = try pair(plaintext: false).privateKey(as: P256.Signing.PrivateKey.self) }
    #expect(throws: missing) { _ = try pair(plaintext: false).privateKeyPEM() }
    #expect(throws: missing) { _ = try empty.privateKey(as: P256.Signing.PrivateKey.self) }
    #expect(throws: missing) { _ = try empty.privateKeyPEM() }
    #expect(throws: missing) { _ = try empty.symmetricKey() }
    #expect(throws: missing) { _ = try made.symmetricKey() }
  }
}
