// docs/ciphertext-format.md says what the code does: its worked example, recomputed in Swift and in Python.

import Foundation
import SecureMemory
import Testing

@testable import KMSCrypto

@Suite struct CiphertextFormatDocumentTests {
  /// The lines `name = value` of the document's worked example.
  private let example: [String: String]
  private let context: [String: String]

  init() throws {
    let file = Checkout.root.appending(components: "docs", "ciphertext-format.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let block = try #require(text.components(separatedBy: "```").dropFirst().first)
    var example: [String: String] = [:]
    for line in block.split(separator: "\n") {
      let sides = line.components(separatedBy: " = ")
      try #require(sides.count == 2, "\(line)")
      example[sides[0].trimmingCharacters(in: .whitespaces)] = sides[1]
    }
    self.example = example
    context = try JSONDecoder().decode([String: String].self, from: Data(#require(example["encryption context"]).utf8))
  }

  private func text(_ name: String) throws -> String { try #require(example[name], "\(name)") }
  private func bytes(_ name: String) throws -> [UInt8] { try hex(text(name)) }
  private func blob() throws -> [UInt8] {
    try bytes("blob, header") + bytes("blob, ciphertext") + bytes("blob, tag")
  }

  @Test func theMaterialID() throws {
    let id = try MaterialID.derive(material: SecretBytes(bytes("material")), keyID: text("key id"))
    #expect(try id.hex == text("material id"))
  }

  @Test func theEncodedContext() throws {
    #expect(try EncryptionContextEncoding(context).bytes == bytes("encoded context"))
  }

  @Test func theMessageKey() throws {
    let key = try CounterModeKDF(key: SecretBytes(bytes("material")))
      .derive(label: "keywright/ciphertext/1", context: Array(blob().prefix(67)))
    #expect(try key.revealed == bytes("message key"))
  }

  @Test func theBlob() throws {
    let material = try SymmetricKeyMaterial(SecretBytes(bytes("material")))
    let saltAndNonce = try bytes("salt") + bytes("nonce")
    let materialID = try #require(try MaterialID(hex: text("material id")))
    let sealed = try Array(text("plaintext").utf8).withUnsafeBytes { plaintext in
      try material.seal(
        plaintext: plaintext, keyID: text("key id"), materialID: materialID, encryptionContext: context
      ) { $0.copyBytes(from: saltAndNonce) }
    }
    #expect(try sealed.hex == blob().hex)

    let parsed = try CiphertextBlob.parse(blob())
    #expect(try parsed.keyID == text("key id"))
    #expect(parsed.materialID == materialID)
    let opened = try material.open(parsed, encryptionContext: context)
    #expect(try opened.revealed == Array(text("plaintext").utf8))
  }

  @Test func theWrappedMaterial() throws {
    let wrap = try KeyWrap(wrappingKey: SecretBytes(bytes("wrapping key")))
    let nonce = try bytes("wrapping nonce")
    let place = try Array(text("place").utf8)
    let wrapped = try wrap.wrap(SecretBytes(bytes("material")), associatedData: place) { $0.copyBytes(from: nonce) }
    #expect(try wrapped.hex == text("wrapped material"))
    #expect(try wrap.unwrap(bytes("wrapped material"), associatedData: place).revealed == bytes("material"))
  }

  /// The same example, made and opened by an implementation that shares nothing with ours but the document.
  @Test(.needsPythonCryptography) func pythonAgrees() throws {
    struct Request: Encodable {
      var `do`: String
      var material: String?
      var key_id: String?
      var named_material_id: String?
      var context: [String: String]?
      var salt: String?
      var nonce: String?
      var plaintext: String?
      var blob: String?
      var wrapping_key: String?
      var wrapped: String?
      var associated_data: String?
    }
    let place = try Array(text("place").utf8).hex
    let requests = [
      Request(do: "material_id", material: try text("material"), key_id: try text("key id")),
      Request(
        do: "seal_blob", material: try text("material"), key_id: try text("key id"),
        named_material_id: try text("material id"), context: context, salt: try text("salt"),
        nonce: try text("nonce"), plaintext: try Array(text("plaintext").utf8).hex),
      Request(do: "open_blob", material: try text("material"), context: context, blob: try blob().hex),
      Request(do: "open_blob", material: try text("material"), context: [:], blob: try blob().hex),
      Request(
        do: "wrap", material: try text("material"), nonce: try text("wrapping nonce"),
        wrapping_key: try text("wrapping key"), associated_data: place),
      Request(
        do: "unwrap", wrapping_key: try text("wrapping key"), wrapped: try text("wrapped material"),
        associated_data: place),
      Request(
        do: "unwrap", wrapping_key: try text("wrapping key"), wrapped: try text("wrapped material"),
        associated_data: place + "00"),
    ]
    let answers: [String?] = try Tool.script("ciphertext_reference.py", requests)
    #expect(
      try answers == [
        text("material id"), blob().hex, Array(text("plaintext").utf8).hex, nil, text("wrapped material"),
        text("material"), nil,
      ])
  }

  /// What Swift seals with fresh randomness, of every size and with any context, Python opens.
  @Test(.needsPythonCryptography) func pythonOpensWhatIsSealedHere() throws {
    struct Request: Encodable {
      let `do` = "open_blob"
      let material: String
      let blob: String
      let context: [String: String]
    }
    var requests: [Request] = []
    var plaintexts: [String] = []
    for (count, keyID) in [0, 1, 16, 32, 1024, 4096].flatMap({ count in
      ["1234abcd-12ab-34cd-56ef-1234567890ab", "mrk-1234abcd12ab34cd56ef1234567890ab"].map { (count, $0) }
    }) {
      let bytes = RandomBytes.bytes(count: 32)
      let plaintext = RandomBytes.array(count: count)
      let context = Dictionary(uniqueKeysWithValues: (0..<count % 5).map { ("clé \($0)", "é\u{301}\($0)") })
      let blob = try SymmetricKeyMaterial(bytes).seal(
        plaintext: SecretBytes(plaintext), keyID: keyID,
        materialID: MaterialID.derive(material: bytes, keyID: keyID), encryptionContext: context)
      requests.append(Request(material: bytes.revealed.hex, blob: blob.hex, context: context))
      plaintexts.append(plaintext.hex)
    }
    let answers: [String?] = try Tool.script("ciphertext_reference.py", requests)
    #expect(answers == plaintexts)
  }
}
