// The texts of ValidationException, letter by letter.

import AWSJSON
import SecureMemory
import Testing

@Suite("Constraint messages")
struct ValidationTests {
  private static let valid = #""KeyId":"k","Owner":{"TagKey":"t"}"#

  private func message(_ members: String, replacingAll: Bool = false) -> String? {
    let body = replacingAll ? members : "{\(Self.valid)\(members.isEmpty ? "" : ",")\(members)}"
    do {
      _ = try ExampleInput.decodeInput(Array(body.utf8))
      return nil
    } catch {
      guard case .constraints(let message) = error else { return "\(error)" }
      return message
    }
  }

  @Test(
    "one violation",
    arguments: [
      (
        #""KeyId":"""#,
        "Value '' at 'keyId' failed to satisfy constraint: Member must have length greater than or equal to 1; Value '' at 'keyId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$"
      ),
      (
        #""KeyId":"12345678901234567""#,
        "Value '12345678901234567' at 'keyId' failed to satisfy constraint: Member must have length less than or equal to 16"
      ),
      (
        #""KeyId":"a b""#,
        "Value 'a b' at 'keyId' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$"
      ),
      (#""KeyId":null"#, "Value null at 'keyId' failed to satisfy constraint: Member must not be null"),
      (#""Owner":null"#, "Value null at 'owner' failed to satisfy constraint: Member must not be null"),
      (#""Owner":{}"#, "Value null at 'owner.tagKey' failed to satisfy constraint: Member must not be null"),
      (
        #""Owner":{"TagKey":"k","TagValue":"12345"}"#,
        "Value '12345' at 'owner.tagValue' failed to satisfy constraint: Member must have length less than or equal to 4"
      ),
      (
        #""Spec":"RSA_1""#,
        "Value 'RSA_1' at 'spec' failed to satisfy constraint: Member must satisfy enum value set: [RSA_2048, ECC_NIST_P256]"
      ),
      (
        #""Specs":["RSA_2048","x"]"#,
        "Value 'x' at 'specs.2.member' failed to satisfy constraint: Member must satisfy enum value set: [RSA_2048, ECC_NIST_P256]"
      ),
      (
        #""Specs":["RSA_2048","RSA_2048","ECC_NIST_P256"]"#,
        "Value '[RSA_2048, RSA_2048, ECC_NIST_P256]' at 'specs' failed to satisfy constraint: Member must have length less than or equal to 2"
      ),
      (
        #""GrantTokens":["a","b","c"]"#,
        "Value '[a, b, c]' at 'grantTokens' failed to satisfy constraint: Member must have length less than or equal to 2"
      ),
      (
        #""GrantTokens":["a",""]"#,
        "Value '' at 'grantTokens.2.member' failed to satisfy constraint: Member must have length greater than or equal to 1"
      ),
      (
        #""GrantTokens":[null]"#,
        "Value null at 'grantTokens.1.member' failed to satisfy constraint: Member must not be null"
      ),
      (
        #""Context":{"a":"1","b":"2","c":"3"}"#,
        "Value at 'context' failed to satisfy constraint: Member must have length less than or equal to 2"
      ),
      (
        #""Context":{"a":"1234"}"#,
        "Value '1234' at 'context.a.member' failed to satisfy constraint: Member must have length less than or equal to 3"
      ),
      (
        #""Context":{"":"1"}"#,
        "Value '' at 'context..member' failed to satisfy constraint: Member must have length greater than or equal to 1"
      ),
      (
        #""Context":{"a":null}"#,
        "Value null at 'context.a.member' failed to satisfy constraint: Member must not be null"
      ),
      (
        #""Tags":[{"TagKey":"a"},{"TagKey":"123456789"}]"#,
        "Value '123456789' at 'tags.2.member.tagKey' failed to satisfy constraint: Member must have length less than or equal to 8"
      ),
      (#""Tags":[{}]"#, "Value null at 'tags.1.member.tagKey' failed to satisfy constraint: Member must not be null"),
      (#""Tags":[null]"#, "Value null at 'tags.1.member' failed to satisfy constraint: Member must not be null"),
      (
        #""Tags":[{"TagKey":"a"},{"TagKey":"a"},{"TagKey":"a"}]"#,
        "Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 2"
      ),
      (
        #""Owners":{"x":{"TagKey":""}}"#,
        "Value '' at 'owners.x.member.tagKey' failed to satisfy constraint: Member must have length greater than or equal to 1"
      ),
      (
        #""Matrix":[[1],[2,10]]"#,
        "Value '10' at 'matrix.2.member.2.member' failed to satisfy constraint: Member must have value less than or equal to 9"
      ),
      (
        #""Plaintext":"""#,
        "Value at 'plaintext' failed to satisfy constraint: Member must have length greater than or equal to 1"
      ),
      (
        #""Plaintext":"MTIzNDU=""#,
        "Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4"
      ),
      (
        #""Blob":"MTIzNDU=""#,
        "Value at 'blob' failed to satisfy constraint: Member must have length less than or equal to 4"
      ),
      (
        #""SecretName":"s""#,
        "Value at 'secretName' failed to satisfy constraint: Member must have length greater than or equal to 2"
      ),
      (
        #""Count":0"#,
        "Value '0' at 'count' failed to satisfy constraint: Member must have value greater than or equal to 1"
      ),
      (
        #""Count":1025"#,
        "Value '1025' at 'count' failed to satisfy constraint: Member must have value less than or equal to 1024"
      ),
      (
        #""Ratio":1.5"#,
        "Value '1.5' at 'ratio' failed to satisfy constraint: Member must have value less than or equal to 1.0"
      ),
      (
        #""Ratio":"NaN""#,
        "Value 'nan' at 'ratio' failed to satisfy constraint: Member must have value greater than or equal to 0.0"
      ),
    ])
  func messages(members: String, fragment: String) {
    let count = fragment.contains("; ") ? "2 validation errors" : "1 validation error"
    #expect(message(members) == "\(count) detected: \(fragment)")
  }

  @Test(
    "what is just within the limits passes",
    arguments: [
      "", #""KeyId":"1234567890123456""#, #""Count":1"#, #""Count":1024"#, #""GrantTokens":[]"#,
      #""GrantTokens":["1234","a"]"#,
      #""Plaintext":"MTIzNA==""#, #""Context":{"a":"","b":"123"}"#, #""Spec":null"#, #""Ratio":1"#,
      #""Unknown":{"KeyId":[{}]}"#,
      #""Sparse":[null,"a"],"SparseMap":{"a":null}"#, #""SecretName":"éé""#,
      #""Owner":{"TagKey":"12345678","TagValue":"😀😀😀😀"}"#,
      #""Owner":{"TagKey":"👨‍👩‍👧‍👦a"}"#,
    ])
  func within(members: String) {
    #expect(message(members) == nil)
  }

  @Test("a string's length counts Unicode scalars")
  func scalars() {
    #expect(message(#""Owner":{"TagKey":"👨‍👩‍👧‍👦ab"}"#)?.contains("less than or equal to 8") == true)
    #expect(message(#""SecretName":"é""#)?.contains("greater than or equal to 2") == true)
    #expect(
      message(#""Owner":{"TagKey":"k","TagValue":"e\u0301e\u0301e"}"#)?.contains("less than or equal to 4") == true)
  }

  @Test("several violations come in the model's order, whatever the body's")
  func order() {
    let body = #"{"Count":0,"Tags":[{"TagKey":""},{}],"Spec":"x","Owners":{"a":{}},"Owner":{"TagValue":"12345"}}"#
    let expected = [
      "Value null at 'keyId' failed to satisfy constraint: Member must not be null",
      "Value null at 'owner.tagKey' failed to satisfy constraint: Member must not be null",
      "Value '12345' at 'owner.tagValue' failed to satisfy constraint: Member must have length less than or equal to 4",
      "Value 'x' at 'spec' failed to satisfy constraint: Member must satisfy enum value set: [RSA_2048, ECC_NIST_P256]",
      "Value '' at 'tags.1.member.tagKey' failed to satisfy constraint: Member must have length greater than or equal to 1",
      "Value null at 'tags.2.member.tagKey' failed to satisfy constraint: Member must not be null",
      "Value null at 'owners.a.member.tagKey' failed to satisfy constraint: Member must not be null",
      "Value '0' at 'count' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ]
    #expect(message(body, replacingAll: true) == "8 validation errors detected: " + expected.joined(separator: "; "))
  }

  @Test("the last of two members counts, a null included")
  func duplicates() throws {
    #expect(message(#""Count":0,"Count":5"#) == nil)
    #expect(message(#""KeyId":null"#)?.contains("'keyId'") == true)
    let twice = try ExampleInput.decodeInput(Array("{\(Self.valid),\"Count\":5,\"Count\":null}".utf8))
    #expect(twice.count == nil)
  }

  @Test("a body full of violations gets an answer of bounded size, in bounded time", .timeLimit(.minutes(1)))
  func flood() throws {
    let count = 100_000
    for (element, list) in [
      ("{}", "Tags"), ("null", "Tags"), ("\"\"", "GrantTokens"), ("\"x\"", "Specs"), ("[99]", "Matrix"),
    ] {
      let elements = Array(repeating: element, count: count).joined(separator: ",")
      let text = try #require(self.message("\"\(list)\":[\(elements)]"))
      #expect(text.hasPrefix("\(Validation.maximumViolations) validation errors detected: "))
      #expect(text.utf8.count < 30 * Validation.maximumViolations * 10 + 10 * count)
    }
  }

  @Test("a client only misses required members, and overlooks nulls in collections")
  func presenceOnly() throws {
    let generous = Array(
      #"{"KeyId":"","Owner":{"TagKey":""},"Spec":"NEW","Count":-5,"GrantTokens":[null,"","c","d"],"Context":{"a":null,"b":"12345"},"Tags":[null]}"#
        .utf8)
    let output = try ExampleInput.decodeOutput(generous)
    #expect(output.spec == .unknown("NEW"))
    #expect(output.grantTokens == ["", "c", "d"])
    #expect(output.context == ["b": "12345"])
    #expect(output.tags == [])
    #expect(
      throws: OutputDecodingError.missing(
        message:
          "1 validation error detected: Value null at 'owner.tagKey' failed to satisfy constraint: Member must not be null"
      )
    ) {
      try ExampleInput.decodeOutput(Array(#"{"KeyId":"k","Owner":{}}"#.utf8))
    }
    #expect(throws: OutputDecodingError.malformed(.syntax(offset: 1))) {
      try ExampleInput.decodeOutput([UInt8(ascii: "{")])
    }
  }

  @Test("an empty body is an empty object; anything behind the object is refused")
  func bodies() throws {
    for empty in ["", "{}", " { } \n"] {
      #expect(
        message(empty, replacingAll: true)
          == "2 validation errors detected: Value null at 'keyId' failed to satisfy constraint: Member must not be null; Value null at 'owner' failed to satisfy constraint: Member must not be null"
      )
    }
    let cases: [(String, JSONError)] = [
      ("[]", .mismatch(expected: .object, found: .array, offset: 0)), (" ", .syntax(offset: 1)),
      ("{}{}", .trailingBytes(offset: 2)),
      (#"{"KeyId":5}"#, .mismatch(expected: .string, found: .number, offset: 9)),
      ("null", .mismatch(expected: .object, found: .null, offset: 0)),
    ]
    for (text, error) in cases {
      #expect(throws: InputError.serialization(error)) { try ExampleInput.decodeInput(Array(text.utf8)) }
    }
    #expect(try ExampleNothing.decodeOutput([]) == ExampleNothing())
  }
}
