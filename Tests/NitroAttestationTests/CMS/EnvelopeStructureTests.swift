import SecureMemory
import Testing

@testable import NitroAttestation

@Suite struct EnvelopeStructureTests {
  private static let sample = EnvelopedData(
    subjectKeyIdentifier: [UInt8](repeating: 0xFF, count: 32), encryptedKey: [UInt8](repeating: 0xEE, count: 256),
    initializationVector: [UInt8](repeating: 0xDD, count: 16), encryptedContent: [UInt8](repeating: 0xCC, count: 32))

  @Test("is, byte by byte, what the standards have it be")
  func bytes() {
    var expected: [UInt8] = [
      0x30, 0x80,  // ContentInfo
      0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03,  // envelopedData
      0xA0, 0x80,
      0x30, 0x80,  // EnvelopedData
      0x02, 0x01, 0x02,
      0x31, 0x82, 0x01, 0x6B,  // RecipientInfos: 363 bytes
      0x30, 0x82, 0x01, 0x67,  // KeyTransRecipientInfo: 3 + 34 + 62 + 260
      0x02, 0x01, 0x02,
      0x80, 0x20,
    ]
    expected += [UInt8](repeating: 0xFF, count: 32)
    expected += [
      0x30, 0x3C,
      0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x07,  // rsaesOaep
      0x30, 0x2F,
      0xA0, 0x0F, 0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,  // SHA-256
      0xA1, 0x1C, 0x30, 0x1A,
      0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x08,  // mgf1
      0x30, 0x0D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
      0x04, 0x82, 0x01, 0x00,
    ]
    expected += [UInt8](repeating: 0xEE, count: 256)
    expected += [
      0x30, 0x80,  // EncryptedContentInfo
      0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01,  // data
      0x30, 0x1D, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01, 0x2A,  // aes256-CBC
      0x04, 0x10,
    ]
    expected += [UInt8](repeating: 0xDD, count: 16)
    expected += [0xA0, 0x80, 0x04, 0x20]
    expected += [UInt8](repeating: 0xCC, count: 32)
    // The ends of the content, EncryptedContentInfo, EnvelopedData, [0] and ContentInfo.
    expected += [UInt8](repeating: 0, count: 10)
    #expect(Self.sample.encoded == expected)
  }

  @Test("is read by the rules of AWS's enclave SDK", arguments: [0, 32, 138, 2375, 5000])
  func sdk(length: Int) throws {
    let key = try TestRecipient.publicKey()
    let envelope = try RecipientEnvelope.seal(SecretBytes(count: length) { _ in }, for: key)
    #expect(try EnclaveSDKReader.read(envelope) == EnvelopedData(decoding: envelope))
  }

  @Test("would not be read by the enclave SDK in DER")
  func der() throws {
    let file = try TestRecipient.file.get()
    let der = try #require(file.envelopes.first { $0.title == "DER" })
    #expect(throws: EnclaveSDKReader.Refusal.self) { try EnclaveSDKReader.read([UInt8](der.envelope)) }
    let asKMS = try #require(file.envelopes.first)
    #expect(throws: Never.self) { try EnclaveSDKReader.read([UInt8](asKMS.envelope)) }
  }

  @Test("reads back what it wrote")
  func readsBack() throws {
    #expect(try EnvelopedData(decoding: Self.sample.encoded) == Self.sample)
  }

  @Test("every byte of the structure counts")
  func structure() {
    let encoded = Self.sample.encoded
    let structure = encoded.indices.filter { ![0xFF, 0xEE, 0xDD, 0xCC].contains(encoded[$0]) }
    // All but the 336 bytes of the four values.
    #expect(structure.count == encoded.count - 336)
    for index in structure {
      // One bit after the other, and the one that tells constructed from primitive.
      for change: UInt8 in [1 << (index % 8), 0x20] {
        var changed = encoded
        changed[index] ^= change
        #expect(throws: RecipientEnvelopeError.self, "byte \(index) ^ \(change)") {
          try EnvelopedData(decoding: changed)
        }
      }
    }
  }

  @Test("a changed byte anywhere is an error or other plaintext, never a trap")
  func flippedBytes() throws {
    let key = try TestRecipient.key()
    let plaintext = SecretBytes([UInt8](repeating: 7, count: 40))
    let envelope = try RecipientEnvelope.seal(plaintext, for: .init(subjectPublicKeyInfo: key.publicKey))
    for index in stride(from: 0, to: envelope.count, by: 17) {
      var changed = envelope
      changed[index] ^= 0xFF
      let opened = try? RecipientEnvelope.open(changed, with: key)
      // The key's identifier is not looked at; the other values that open have changed the plaintext.
      let isIdentifier = (31..<63).contains(index)
      #expect(opened == nil || (opened == plaintext) == isIdentifier, "byte \(index)")
    }
  }

  @Test("an envelope that ends early is malformed")
  func truncations() {
    let encoded = Self.sample.encoded
    for length in encoded.indices {
      #expect(throws: RecipientEnvelopeError.malformed, "\(length) bytes") {
        try EnvelopedData(decoding: Array(encoded.prefix(length)))
      }
    }
  }

  @Test("lengths, depths and numbers of values beyond all bounds are malformed")
  func bounds() {
    let header: [UInt8] = [0x30, 0x80, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x03, 0xA0]
    let inputs: [[UInt8]] = [
      header + [0x84, 0xFF, 0xFF, 0xFF, 0xFF],
      header + [0x84, 0x7F, 0xFF, 0xFF, 0xFF],
      header + [0x88] + [UInt8](repeating: 0xFF, count: 8),
      header + [0x88, 0x7F] + [UInt8](repeating: 0xFF, count: 7),
      header + [0xFF] + [UInt8](repeating: 0xFF, count: 127),
      [UInt8](repeating: 0x30, count: 6144),
      Array([[UInt8]](repeating: [0x30, 0x80], count: 3072).joined()),
      [0x30, 0x80] + Array([[UInt8]](repeating: [0x05, 0x00], count: 3070).joined()) + [0, 0],
      [0x30, 0x82, 0x17, 0xFC] + [UInt8](repeating: 0, count: 6140),
      [UInt8](repeating: 0xFF, count: 6144),
    ]
    for input in inputs {
      #expect(throws: RecipientEnvelopeError.malformed) { try EnvelopedData(decoding: input) }
    }
    #expect(throws: RecipientEnvelopeError.tooLarge) {
      try EnvelopedData(decoding: [UInt8](repeating: 0, count: 6145))
    }
  }
}
