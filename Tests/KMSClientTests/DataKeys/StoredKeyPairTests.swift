// A key pair at rest: nothing is lost, nothing secret is kept, and nothing malformed is taken.

import Foundation
import KMSClient
import Testing

@Suite("Stored key pairs")
struct StoredKeyPairTests {
  private let json =
    #"{"keyID":"arn","privateKeyCiphertext":"AQID","publicKey":"BAUG","spec":"ECC_NIST_P256"}"#

  private func encoded(_ pair: StoredKeyPair) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(pair), as: UTF8.self)
  }

  @Test("both replies are kept alike, without plaintext")
  func outputs() throws {
    let withPlaintext = GenerateDataKeyPairOutput(
      privateKeyCiphertextBlob: [1, 2, 3], publicKey: [4, 5, 6], keyID: "arn", keyPairSpec: .eccNISTP256,
      privateKeyPlaintext: SecretBytes("hunter2".utf8))
    let without = GenerateDataKeyPairWithoutPlaintextOutput(
      privateKeyCiphertextBlob: [1, 2, 3], publicKey: [4, 5, 6], keyID: "arn", keyPairSpec: .eccNISTP256)
    #expect(StoredKeyPair(withPlaintext) == StoredKeyPair(without))
    #expect(try encoded(StoredKeyPair(withPlaintext)) == json)
    #expect(StoredKeyPair(without).publicKeyPEM == without.publicKeyPEM)
  }

  @Test("coding there and back, with a spec from the future")
  func coding() throws {
    let pair = try JSONDecoder().decode(StoredKeyPair.self, from: Data(json.utf8))
    #expect(
      pair
        == StoredKeyPair(spec: .eccNISTP256, keyID: "arn", publicKey: [4, 5, 6], privateKeyCiphertext: [1, 2, 3]))
    let later = json.replacing("ECC_NIST_P256", with: "ECC_NEW")
    let unknown = try JSONDecoder().decode(StoredKeyPair.self, from: Data(later.utf8))
    #expect(unknown.spec == .unknown("ECC_NEW"))
    #expect(try encoded(unknown) == later)
  }

  @Test("what is no stored pair", arguments: ["AQID", "arn", "spec", "keyID"])
  func malformed(part: String) {
    let broken = json.replacing("\"\(part)\"", with: part == "AQID" ? #""not base64!""# : part == "arn" ? "1" : #""x""#)
    #expect(throws: DecodingError.self) { _ = try JSONDecoder().decode(StoredKeyPair.self, from: Data(broken.utf8)) }
  }
}
