// The outer blob: put together, taken apart, and as docs/ciphertext-format.md §6 has it.

import Foundation
import KMSCrypto
import Testing

@Suite struct ExternalCiphertextBlobTests {
  private static let keyID = "1234abcd-12ab-34cd-56ef-1234567890ab"

  private static func blob(
    vector: Int = 12, metadata: Int = 2, ciphertext: Int = 95
  ) throws -> ExternalCiphertextBlob {
    let sealed = try #require(
      ExternalCiphertextBlob.Sealed(
        initializationVector: [UInt8](repeating: 0xA0, count: vector),
        authenticationTag: [UInt8](repeating: 0xB0, count: 16), metadata: [UInt8](repeating: 0xC0, count: metadata),
        ciphertext: [UInt8](repeating: 0xD0, count: ciphertext)))
    let materialID = try #require(MaterialID([UInt8](repeating: 0xE0, count: 32)))
    return try ExternalCiphertextBlob(keyID: keyID, materialID: materialID, sealed: sealed)
  }

  @Test(arguments: [(12, 0, 95), (16, 20, 4191), (12, 1, 6144 - 51 - 13 - 17 - 2 - 2)])
  func thereAndBack(_ vector: Int, _ metadata: Int, _ ciphertext: Int) throws {
    let blob = try Self.blob(vector: vector, metadata: metadata, ciphertext: ciphertext)
    #expect(blob.bytes.count <= 6144)
    #expect(try ExternalCiphertextBlob.parse(blob.bytes) == blob)
  }

  @Test func whatIsTooLong() throws {
    #expect(throws: CryptoError.inputTooLong) { try Self.blob(metadata: 1, ciphertext: 6144 - 51 - 13 - 17 - 2 - 1) }
  }

  @Test(arguments: [(11, 16, 0, 1), (13, 16, 0, 1), (12, 15, 0, 1), (12, 17, 0, 1), (12, 16, 21, 1), (12, 16, 0, 0)])
  func partsOfTheWrongSize(_ vector: Int, _ tag: Int, _ metadata: Int, _ ciphertext: Int) {
    func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
    #expect(
      ExternalCiphertextBlob.Sealed(
        initializationVector: bytes(vector), authenticationTag: bytes(tag), metadata: bytes(metadata),
        ciphertext: bytes(ciphertext)) == nil)
  }

  /// Cut anywhere, longer, or with a length that lies: refused, and never a trap.
  @Test func malformedBlobs() throws {
    let bytes = try Self.blob().bytes
    for count in bytes.indices {
      #expect(throws: CryptoError.malformed) { try ExternalCiphertextBlob.parse(Array(bytes.prefix(count))) }
    }
    #expect(throws: CryptoError.malformed) { try ExternalCiphertextBlob.parse(bytes + [0]) }
    for position in [0, 1, 2, 51, 64, 81, 84, 85] {
      for value in [bytes[position] ^ 1, bytes[position] ^ 0x80, 0xFF] where value != bytes[position] {
        var altered = bytes
        altered[position] = value
        guard let parsed = try? ExternalCiphertextBlob.parse(altered) else { continue }
        // Only the form of the key id may still make sense; it is then another id.
        #expect(position == 2 && parsed.keyID != Self.keyID, "byte \(position)")
      }
    }
    #expect(throws: CryptoError.malformed) { try CiphertextBlob.parse(bytes) }
  }

  @Test func theDocument() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(components: "docs", "ciphertext-format.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let section = try #require(text.components(separatedBy: "\n## 6.").last)
    let block = try #require(section.components(separatedBy: "```").dropFirst().first)
    var example: [String: String] = [:]
    for line in block.split(separator: "\n") {
      let sides = line.components(separatedBy: " = ")
      example[sides[0].trimmingCharacters(in: .whitespaces)] = sides.last
    }
    func bytes(_ name: String) throws -> [UInt8] {
      let digits = try #require(example[name], "\(name)")
      return stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(digits.dropFirst($0).prefix(2), radix: 16) }
    }
    let sealed = try #require(
      ExternalCiphertextBlob.Sealed(
        initializationVector: try bytes("initialization vector"), authenticationTag: try bytes("tag"),
        metadata: try bytes("metadata"), ciphertext: try bytes("ciphertext")))
    let blob = try ExternalCiphertextBlob(
      keyID: try #require(example["key id"]), materialID: try #require(MaterialID(try bytes("material id"))),
      sealed: sealed)
    #expect(try blob.bytes == bytes("blob"))
  }
}
