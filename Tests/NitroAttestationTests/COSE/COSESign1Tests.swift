import Crypto
import Testing

@testable import NitroAttestation

@Suite struct COSESign1Tests {
  static let payload: [UInt8] = Array("payload".utf8)
  static let protected: [UInt8] = [0xA1, 0x01, 0x38, 0x22]
  static let signature = [UInt8](repeating: 7, count: 96)

  static func encoded(
    protected: CBORValue = .bytes(protected), unprotected: CBORValue = .map(CBORMap()),
    payload: CBORValue = .bytes(payload), signature: CBORValue = .bytes(signature), more: [CBORValue] = []
  ) -> CBORValue {
    .array([protected, unprotected, payload, signature] + more)
  }

  @Test("verifies what it signed, with that key and that payload only")
  func signsAndVerifies() throws {
    let key = P384.Signing.PrivateKey()
    let message = try COSESign1(signing: Self.payload, with: key)
    #expect(message.encoded.starts(with: [0x84, 0x44, 0xA1, 0x01, 0x38, 0x22, 0xA0]))
    let read = try COSESign1(decoding: message.encoded)
    #expect(read == message)
    #expect(read.isValid(for: key.publicKey))
    #expect(!read.isValid(for: P384.Signing.PrivateKey().publicKey))
    let other = try COSESign1(signing: [1], with: key)
    let mixed = Self.encoded(payload: .bytes(Self.payload), signature: .bytes(other.signature))
    #expect(try !COSESign1(decoding: CBORWriter.write(mixed)).isValid(for: key.publicKey))
  }

  @Test("signs the structure of RFC 9052 section 4.4")
  func structure() {
    let context: [UInt8] = [0x84, 0x6A] + Array("Signature1".utf8)
    let headers: [UInt8] = [0x44, 0xA1, 0x01, 0x38, 0x22, 0x40]
    #expect(COSESign1.signedBytes(Self.payload) == context + headers + [0x47] + Self.payload)
  }

  @Test("accepts the tag of COSE_Sign1, once")
  func tag() throws {
    #expect(throws: Never.self) { try COSESign1(decoding: CBORWriter.write(.tagged(18, Self.encoded()))) }
    for value: CBORValue in [.tagged(17, Self.encoded()), .tagged(18, .tagged(18, Self.encoded()))] {
      #expect(throws: COSESign1.Malformed.self) { try COSESign1(decoding: CBORWriter.write(value)) }
    }
  }

  @Test(
    "refuses other shapes",
    arguments: [
      (encoded(more: [.null]), .structure), (.array([]), .structure), (.map(CBORMap()), .structure),
      (encoded(protected: .map(CBORMap())), .structure), (encoded(unprotected: .bytes([])), .structure),
      (encoded(payload: .null), .structure), (encoded(payload: .text("payload")), .structure),
      (encoded(signature: .bytes([UInt8](repeating: 7, count: 95))), .structure),
      (encoded(signature: .bytes([UInt8](repeating: 7, count: 97))), .structure),
      (encoded(protected: .bytes([0xA1, 0x01, 0x26])), .algorithm),  // ES256
      (encoded(protected: .bytes([])), .algorithm),
      (encoded(protected: .bytes([0xA2, 0x01, 0x38, 0x22, 0x04, 0x40])), .algorithm),
      (encoded(protected: .bytes([0xA1, 0x01, 0x39, 0x00, 0x22])), .algorithm),  // −35, but not at its shortest
      (encoded(unprotected: .map(CBORMap([("kid", .null)]))), .unprotectedHeader),
    ] as [(CBORValue, COSESign1.Malformed)])
  func refuses(value: CBORValue, error: COSESign1.Malformed) {
    #expect(throws: error) { try COSESign1(decoding: CBORWriter.write(value)) }
  }

  @Test("refuses bytes that follow")
  func trailing() {
    #expect(throws: COSESign1.Malformed.cbor(.trailingBytes)) {
      try COSESign1(decoding: CBORWriter.write(Self.encoded()) + [0])
    }
  }
}
