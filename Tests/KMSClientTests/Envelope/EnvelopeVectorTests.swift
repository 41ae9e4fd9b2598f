// The worked example of docs/envelope-format.md, made by Tests/Clients/envelope_reference.py: byte for byte.

import Crypto
import SecureMemory
import Testing

@testable import KMSClient

@Suite struct EnvelopeVectorTests {
  static let wrappedKey = Array("wrapped data key".utf8)
  static let context = ["tenant": "blue", "purpose": "test vector"]
  static let plaintext = Array("The quick brown fox jumps over the lazy dog".utf8)
  static let dataKey = Array(UInt8(0)..<32)
  static let salt = Array(UInt8(32)..<64)
  static let encryptionKey = bytes("c70ca44ed044be8db3e75b1ddd9c587aca171ea42ff97ce8774fcfaa4600ec42")
  static let contextDigest = bytes("42efc3b944e2fc1b50ac70c51ccd55801edbd1ce41c7fcd9382ca1fccd97192b")
  static let sealed = bytes(
    "4b574556010100000010202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f004b61726e3a"
      + "6177733a6b6d733a75732d656173742d313a3131313132323232333333333a6b65792f31323334616263642d31326162"
      + "2d333463642d353665662d3132333435363738393061620010777261707065642064617461206b6579e04f85add5078b"
      + "0afe305a5f0098794131df5ea63e68cf53de98911520b56e4ef37c1ed0b6e826f1138070c5eaf20c76224c952d5b85cf"
      + "dbff76cac26667aa7652fb655d37220a274185ef07e93267bdd7da1b608e18d9284231a0681754ac21a50f65274bdcc0"
      + "760db65e34e4c3f8e5f33491e08df63e48932774")

  @Test("Header, derivation and chunks are those of the document")
  func sealing() throws {
    let context = EncryptionContextDigest(Self.context)
    #expect(context.bytes == Self.contextDigest)
    var header = EnvelopeHeader(
      chunkSize: 16, salt: Self.salt, keyARN: WrappingService.keyARN, wrappedKey: Self.wrappedKey, commitment: [])
    let keys = MessageKeys(dataKey: SymmetricKey(data: Self.dataKey), header: header, context: context)
    #expect(keys.encryptionKey == SymmetricKey(data: Self.encryptionKey))
    header.commitment = keys.commitment
    let sealer = MessageSealer(header: header, keys: keys)
    var sealed = header.bytes
    try sealer.update(Self.plaintext, appendingTo: &sealed)
    try sealer.finish(appendingTo: &sealed)
    #expect(sealed == Self.sealed)
  }

  @Test("The document's message opens")
  func opening() async throws {
    let service = WrappingService()
    service.know(
      Self.wrappedKey,
      .init(plaintext: Self.dataKey, keyARN: WrappingService.keyARN, encryptionContext: Self.context))
    let opened = try await makeEncryptor(service).open(Self.sealed, encryptionContext: Self.context)
    #expect(opened == SecretBytes(Self.plaintext))
  }

  @Test("Encryption contexts that look alike have digests of their own")
  func contexts() {
    let contexts: [[String: String]] = [
      [:], ["a": "b"], ["ab": ""], ["": "ab"], ["a": "b", "c": "d"], ["a": "bc", "": "d"], ["abc": "d"],
      ["a": "b", "c": ""], ["\u{E9}": "x"], ["e\u{301}": "x"],
    ]
    #expect(Set(contexts.map { EncryptionContextDigest($0) }).count == contexts.count)
  }

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
