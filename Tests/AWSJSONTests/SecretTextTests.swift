// Strings that are secrets: read, checked and written without ever being a `String`.

import AWSJSON
import SecureMemory
import Testing

@Suite("Secret strings")
struct SecretTextTests {
  private func read(_ text: String) throws -> SecretBytes {
    var reader = JSONReader(Array(text.utf8))
    let secret = try reader.readSecretText()
    try reader.finish()
    return secret
  }

  @Test(
    "their UTF-8 is kept, escapes replaced",
    arguments: [
      (#""""#, ""), (#""plain""#, "plain"), (#""\"\\\/\u00e9\ud83d\ude00\n""#, "\"\\/é😀\n"), ("\"é😀\"", "é😀"),
      (#""\u0000""#, "\0"),
    ])
  func reading(text: String, value: String) throws {
    let secret = try read(text)
    #expect(secret == SecretBytes(value.utf8))
    #expect(try read(written { $0.secretText(secret) }) == secret)
    #expect(written { $0.secretText(secret) } == written { $0.string(value) })
  }

  @Test("what is no string is refused")
  func refusals() {
    #expect(throws: JSONError.mismatch(expected: .string, found: .number, offset: 0)) { try read("1") }
    #expect(throws: JSONError.invalidUTF8(offset: 1)) {
      var reader = JSONReader([0x22, 0xFF, 0x22])
      _ = try reader.readSecretText()
    }
  }

  @Test("the writer knows that it carries one")
  func carrying() {
    var writer = JSONWriter()
    writer.secretText(SecretBytes("x".utf8))
    #expect(writer.carriesSecret)
  }

  @Test("they are checked as strings are, and never shown")
  func checks() {
    let pattern = PatternConstraint("^[a-zé]+$")
    var validation = Validation(.enforceConstraints)
    validation.checkTextLength(SecretBytes("éé".utf8), min: 2, max: 2, at: "a")
    validation.checkPattern(SecretBytes("aé".utf8), pattern, at: "a")
    validation.checkTextLength(nil, min: 2, at: "a")
    validation.checkPattern(nil as SecretBytes?, pattern, at: "a")
    #expect(validation.violations == [])
    validation.checkTextLength(SecretBytes("😀".utf8), min: 2, at: "a")
    validation.checkTextLength(SecretBytes("ééé".utf8), max: 2, at: "b")
    validation.checkPattern(SecretBytes("A".utf8), pattern, at: "c")
    validation.checkPattern(SecretBytes([0xFF]), pattern, at: "d")
    #expect(
      validation.violations == [
        ConstraintViolation(path: "a", renderedValue: nil, rule: .minimumLength(2)),
        ConstraintViolation(path: "b", renderedValue: nil, rule: .maximumLength(2)),
        ConstraintViolation(path: "c", renderedValue: nil, rule: .pattern("^[a-zé]+$")),
        ConstraintViolation(path: "d", renderedValue: nil, rule: .pattern("^[a-zé]+$")),
      ])
    var client = Validation(.presenceOnly)
    client.checkTextLength(SecretBytes("".utf8), min: 2, at: "a")
    client.checkPattern(SecretBytes("A".utf8), pattern, at: "c")
    #expect(client.violations == [])
  }
}
