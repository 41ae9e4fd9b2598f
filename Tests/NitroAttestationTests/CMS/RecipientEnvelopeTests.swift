import Crypto
import Foundation
import SecureMemory
import Testing

@testable import NitroAttestation

@Suite struct RecipientEnvelopeTests {
  static func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) } }

  @Test(
    "opens what it sealed", arguments: [0, 1, 15, 16, 17, 31, 32, 48, 64, 138, 255, 256, 1024, 2375, 4096, 5000])
  func roundTrip(length: Int) throws {
    let plaintext = SecretBytes(Self.bytes(length))
    let envelope = try RecipientEnvelope.seal(plaintext, for: try TestRecipient.publicKey())
    #expect(envelope.count <= RecipientEnvelope.maximumSize)
    #expect(try RecipientEnvelope.open(envelope, with: try TestRecipient.key()) == plaintext)
  }

  @Test("seals the private key of the largest pair within the API's limit, for the largest key")
  func largestPair() throws {
    // An RSA-4096 key in PKCS #8 has at most 2376 bytes, and a recipient's key at most 8192 bits.
    let envelope = EnvelopedData(
      subjectKeyIdentifier: Self.bytes(32), encryptedKey: Self.bytes(1024), initializationVector: Self.bytes(16),
      encryptedContent: Self.bytes(2384)
    ).encoded
    #expect(envelope.count <= RecipientEnvelope.maximumSize)
    let key = try RecipientPublicKey(subjectPublicKeyInfo: TestPublicKey.rsa4096)
    let data = try EnvelopedData(decoding: RecipientEnvelope.seal(SecretBytes(Self.bytes(2376)), for: key))
    #expect(data.encryptedKey.count == 512)
  }

  @Test("refuses a plaintext that does not fit", arguments: [5904, 6144, 6145, 1_000_000])
  func tooLarge(length: Int) throws {
    let key = try TestRecipient.publicKey()
    #expect(throws: RecipientEnvelopeError.tooLarge) {
      try RecipientEnvelope.seal(SecretBytes(count: length) { _ in }, for: key)
    }
  }

  @Test("never makes the same envelope twice")
  func fresh() throws {
    let key = try TestRecipient.publicKey()
    let data = try (0..<2).map { _ in
      try EnvelopedData(decoding: RecipientEnvelope.seal(SecretBytes(Self.bytes(32)), for: key))
    }
    #expect(data[0].encryptedKey != data[1].encryptedKey)
    #expect(data[0].initializationVector != data[1].initializationVector)
    #expect(data[0].encryptedContent != data[1].encryptedContent)
  }

  @Test("names the recipient by the SHA-256 digest of its SubjectPublicKeyInfo")
  func identifier() throws {
    let key = try TestRecipient.publicKey()
    let data = try EnvelopedData(decoding: RecipientEnvelope.seal(SecretBytes([1]), for: key))
    #expect(data.subjectKeyIdentifier == [UInt8](SHA256.hash(data: key.subjectPublicKeyInfo)))
  }

  @Test("fails alike whether the encrypted key, its length, or the padding is wrong")
  func oneError() throws {
    let key = try TestRecipient.key()
    let good = try EnvelopedData(
      decoding: RecipientEnvelope.seal(SecretBytes(Self.bytes(40)), for: try TestRecipient.publicKey()))
    func changed(
      key encryptedKey: [UInt8]? = nil, vector: [UInt8]? = nil, content: [UInt8]? = nil
    ) -> EnvelopedData {
      EnvelopedData(
        subjectKeyIdentifier: good.subjectKeyIdentifier, encryptedKey: encryptedKey ?? good.encryptedKey,
        initializationVector: vector ?? good.initializationVector, encryptedContent: content ?? good.encryptedContent)
    }
    // The plaintext is padded with eight bytes of 8. A byte of a block of ciphertext changes the same byte of the
    // plaintext after it, here the last.
    func padding(endingWith byte: UInt8) -> [UInt8] {
      var content = good.encryptedContent
      content[31] ^= 8 ^ byte
      return content
    }
    let wrong: [EnvelopedData] = [
      changed(key: []), changed(key: [1]), changed(key: Array(good.encryptedKey.dropLast())),
      changed(key: good.encryptedKey + [0]), changed(key: [UInt8](repeating: 0, count: 256)),
      changed(key: [UInt8](repeating: 0xFF, count: 256)), changed(key: good.encryptedKey.reversed()),
      changed(content: padding(endingWith: 0)), changed(content: padding(endingWith: 7)),
      changed(content: padding(endingWith: 9)), changed(content: padding(endingWith: 16)),
      changed(content: padding(endingWith: 17)), changed(content: padding(endingWith: 0x88)),
      changed(content: Array(good.encryptedContent.dropLast(16))),
    ]
    for data in wrong {
      #expect(throws: RecipientEnvelopeError.decryption) { try RecipientEnvelope.open(data.encoded, with: key) }
    }
    #expect(try RecipientEnvelope.open(changed().encoded, with: key) == SecretBytes(Self.bytes(40)))
  }

  @Test("opens nothing under a random key, even where the padding looks right by chance")
  func noContentKey() {
    let data = EnvelopedData(
      subjectKeyIdentifier: [], encryptedKey: [], initializationVector: Self.bytes(16), encryptedContent: Self.bytes(16)
    )
    // One key in 256 gives a padding, so that about eight of these do.
    for _ in 0..<2000 {
      #expect(throws: RecipientEnvelopeError.decryption) { try RecipientEnvelope.plaintext(of: data, under: nil) }
    }
  }

  @Test("says what is wrong in one line")
  func descriptions() {
    let descriptions = RecipientEnvelopeError.allCases.map(\.description)
    #expect(Set(descriptions).count == RecipientEnvelopeError.allCases.count)
    #expect(descriptions.allSatisfy { !$0.isEmpty && !$0.contains("\n") })
  }
}
