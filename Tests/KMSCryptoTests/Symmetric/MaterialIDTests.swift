// Names of key material.

import KMSCrypto
import SecureMemory
import Testing

@Suite struct MaterialIDTests {
  private let keyID = "1234abcd-12ab-34cd-56ef-1234567890ab"

  @Test func sameMaterialInAnotherKeyHasAnotherName() throws {
    let material = RandomBytes.bytes(count: 32)
    let id = try MaterialID.derive(material: material, keyID: keyID)
    #expect(try MaterialID.derive(material: SecretBytes(material.revealed), keyID: keyID) == id)
    #expect(try MaterialID.derive(material: material, keyID: "1234abcd-12ab-34cd-56ef-1234567890ac") != id)
    #expect(try MaterialID.derive(material: material, keyID: "mrk-1234abcd12ab34cd56ef1234567890ab") != id)
  }

  @Test func everyBitOfTheMaterialCounts() throws {
    let material = RandomBytes.array(count: 32)
    var ids: Set<MaterialID> = [try .derive(material: SecretBytes(material), keyID: keyID)]
    for bit in 0..<256 {
      var altered = material
      altered[bit / 8] ^= 1 << (bit % 8)
      ids.insert(try .derive(material: SecretBytes(altered), keyID: keyID))
    }
    #expect(ids.count == 257)
  }

  @Test func hexIsSixtyFourLowerCaseDigits() throws {
    let id = try #require(MaterialID(Array(0xE0...0xFF) as [UInt8]))
    #expect(id.hex == "e0e1e2e3e4e5e6e7e8e9eaebecedeeeff0f1f2f3f4f5f6f7f8f9fafbfcfdfeff")
    #expect("\(id)" == id.hex)
    #expect(MaterialID(hex: id.hex) == id)
    for text in [
      "", String(id.hex.dropLast()), id.hex + "0", id.hex.uppercased(), "g" + id.hex.dropFirst(),
      "é" + id.hex.dropFirst(2),
    ] {
      #expect(MaterialID(hex: text) == nil, "\(text)")
    }
    #expect(MaterialID([UInt8](repeating: 0, count: 31)) == nil)
    #expect(MaterialID([UInt8](repeating: 0, count: 33)) == nil)
  }

  @Test(arguments: [1, 28, 64, 128, 2400]) func materialOfAnyKindHasAName(count: Int) throws {
    let id = try MaterialID.derive(material: RandomBytes.bytes(count: count), keyID: keyID)
    #expect(id.bytes.count == MaterialID.byteCount)
  }

  @Test func emptyMaterialHasNone() {
    #expect(throws: CryptoError.invalidKeyLength) { try MaterialID.derive(material: SecretBytes([]), keyID: keyID) }
  }

  @Test(.needsPythonCryptography) func agreesWithPython() throws {
    let requests = [1, 28, 32, 64, 128].map { count in
      ["do": "material_id", "material": RandomBytes.array(count: count).hex, "key_id": keyID]
    }
    let expected: [String] = try Tool.script("ciphertext_reference.py", requests)
    let ids = try requests.map { request in
      try MaterialID.derive(material: SecretBytes(hex(try #require(request["material"]))), keyID: keyID).hex
    }
    #expect(ids == expected)
  }
}
