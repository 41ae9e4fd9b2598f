// Whole structures there and back.

import AWSJSON
import Foundation
import SecureMemory
import Testing

@Suite("Structures")
struct StructureTests {
  private static let full = ExampleInput(
    keyID: "alias/app", owner: ExampleTag(key: "o", value: "p"), spec: .eccNISTP256, specs: [.rsa2048, .eccNISTP256],
    grantTokens: ["a", "b"], context: ["x": "1", "y": "2"],
    tags: [ExampleTag(key: "t"), ExampleTag(key: "u", value: "")],
    owners: ["w": ExampleTag(key: "v")], matrix: [[], [1, 2]], sparse: ["a", nil, ""], sparseMap: ["a": 1, "b": nil],
    plaintext: SecretBytes([0xDE, 0xAD]), blob: [0xBE, 0xEF], secretName: "name", count: 7, ratio: 0.25,
    validTo: Date(timeIntervalSince1970: 1_593_622_000.191), dryRun: false,
    document: .object(["a": .array([.integer(1), .number(0.5)])]))

  @Test("encoding, to the byte")
  func encoding() {
    let expected =
      #"{"KeyId":"alias/app","Owner":{"TagKey":"o","TagValue":"p"},"Spec":"ECC_NIST_P256","Specs":["RSA_2048","ECC_NIST_P256"],"#
      + #""GrantTokens":["a","b"],"Context":{"x":"1","y":"2"},"Tags":[{"TagKey":"t"},{"TagKey":"u","TagValue":""}],"#
      + #""Owners":{"w":{"TagKey":"v"}},"Matrix":[[],[1,2]],"Sparse":["a",null,""],"SparseMap":{"a":1,"b":null},"#
      + #""Plaintext":"3q0=","Blob":"vu8=","SecretName":"name","Count":7,"Ratio":0.25,"ValidTo":1593622000.191,"DryRun":false,"#
      + #""Document":{"a":[1,0.5]}}"#
    #expect(String(decoding: Self.full.encoded(), as: UTF8.self) == expected)
  }

  @Test("decoding gives the same value back")
  func decoding() throws {
    #expect(try ExampleInput.decodeInput(Self.full.encoded()) == Self.full)
    #expect(try ExampleInput.decodeOutput(Self.full.encoded()) == Self.full)
    let small = ExampleInput(keyID: "k", owner: ExampleTag(key: "t"))
    #expect(try ExampleInput.decodeInput(small.encoded()) == small)
  }

  @Test("an output without a body writes nothing")
  func noBody() {
    #expect(ExampleNothing().encoded() == [])
    #expect(ExampleInput.hasBody)
  }

  @Test("an output may be null when nothing in it is required")
  func null() throws {
    #expect(try ExampleNothing.decodeOutput(Array("null".utf8)) == ExampleNothing())
    #expect(throws: OutputDecodingError.self) { try ExampleInput.decodeOutput(Array("null".utf8)) }
    #expect(throws: InputError.self) { try ExampleInput.decodeInput(Array("null".utf8)) }
  }

  @Test("every truncated body is refused, as not JSON")
  func truncation() {
    let body = Self.full.encoded()
    for length in 1..<body.count {
      let error = #expect(throws: InputError.self) { try ExampleInput.decodeInput(Array(body[..<length])) }
      if case .serialization = error { continue }
      Issue.record("not a serialization error at \(length): \(String(describing: error))")
    }
  }

  @Test("enumerations keep what they do not know, whichever way they are read")
  func enumerations() throws {
    var reader = JSONReader(Array(#"["ONE","TWO","\u004fNE"]"#.utf8))
    var validation = Validation(.presenceOnly)
    let values: [PlainSpec] = try reader.readEnumerationList(at: "x", &validation)
    #expect(values == [.one, .unknown("TWO"), .one])
    #expect(written { $0.enumerationList(values) } == #"["ONE","TWO","ONE"]"#)
  }
}
