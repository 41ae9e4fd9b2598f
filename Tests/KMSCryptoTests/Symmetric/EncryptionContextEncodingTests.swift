// The encoding of encryption contexts: exact, one to one, blind to order.

import Foundation
import KMSCrypto
import Testing

@Suite struct EncryptionContextEncodingTests {
  @Test func byteByByte() {
    #expect(
      EncryptionContextEncoding(["b": "", "aé": "x"]).bytes == [
        0, 0, 0, 2,
        0, 0, 0, 3, 0x61, 0xC3, 0xA9, 0, 0, 0, 1, 0x78,
        0, 0, 0, 1, 0x62, 0, 0, 0, 0,
      ])
  }

  @Test func emptyIsTheSameAsAbsent() {
    #expect(EncryptionContextEncoding(nil) == EncryptionContextEncoding([:]))
    #expect(EncryptionContextEncoding(nil) != EncryptionContextEncoding(["": ""]))
  }

  @Test(
    arguments: [
      (["a": "bc"], ["ab": "c"]), (["a": "b", "c": "d"], ["a": "bcd"]), (["a": ""], ["": "a"]),
      (["a": "b"], ["A": "b"]), (["a": "b"], ["a": "B"]), (["a": "b"], ["a": "b "]),
      (["a": "1", "b": "2"], ["a": "2", "b": "1"]),
      (["a": "\0"], ["a": ""]), (["a": "b", "": ""], ["a": "b"]),
      (["caf\u{E9}": "x"], ["cafe\u{301}": "x"]), (["x": "\u{E9}"], ["x": "e\u{301}"]),
    ] as [([String: String], [String: String])])
  func neighboursDiffer(one: [String: String], other: [String: String]) {
    #expect(EncryptionContextEncoding(one) != EncryptionContextEncoding(other))
  }

  /// By UTF-8 bytes, U+FFFD (EF…) comes before U+10000 (F0…); by UTF-16 units it would not.
  @Test func keysAreSortedByTheirUTF8Bytes() throws {
    let bytes = EncryptionContextEncoding(["\u{10000}": "", "\u{FFFD}": "", "a": "", "B": "", "aa": ""]).bytes
    #expect(try decode(bytes).map(\.key) == ["B", "a", "aa", "\u{FFFD}", "\u{10000}"])
  }

  /// From an encoding its context can be read back: so no two contexts share one.
  @Test func randomContextsSurviveARoundTrip() throws {
    var generator = SystemRandomNumberGenerator()
    var encodings: [[UInt8]: [String: String]] = [:]
    for _ in 0..<5000 {
      let context = randomContext(using: &generator)
      let bytes = EncryptionContextEncoding(context).bytes
      let pairs = try decode(bytes)
      #expect(Dictionary(pairs.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first }) == context)
      #expect(pairs.count == context.count)
      if let earlier = encodings.updateValue(context, forKey: bytes) { #expect(earlier == context) }
    }
    #expect(encodings.count > 500)
  }

  @Test func orderOfInsertionIsIrrelevant() {
    let pairs = (0..<50).map { ("key \($0)", "value \($0)") }
    let encoding = EncryptionContextEncoding(Dictionary(uniqueKeysWithValues: pairs))
    for _ in 0..<20 {
      var context: [String: String] = [:]
      for (key, value) in pairs.shuffled() { context[key] = value }
      #expect(EncryptionContextEncoding(context) == encoding)
    }
  }

  /// Strings that came from Foundation may be stored as UTF-16: their encoding is the same.
  @Test func representationOfStringsIsIrrelevant() {
    let text = "clé \u{10000}"
    let bridged = String(decoding: Array(text.utf16), as: UTF16.self)
    let foundation = NSMutableString(string: text) as String
    #expect(EncryptionContextEncoding([bridged: foundation]) == EncryptionContextEncoding([text: text]))
  }

  @Test(.needsPythonCryptography) func agreesWithPython() throws {
    struct Request: Encodable {
      let `do` = "encode_context"
      let context: [String: String]
    }
    var generator = SystemRandomNumberGenerator()
    let contexts = (0..<300).map { _ in randomContext(using: &generator) }
    let expected: [String] = try Tool.script("ciphertext_reference.py", contexts.map { Request(context: $0) })
    #expect(contexts.map { EncryptionContextEncoding($0).bytes.hex } == expected)
  }

  /// Few characters, short texts: so that near misses come up often.
  private func randomContext(using generator: inout some RandomNumberGenerator) -> [String: String] {
    func text() -> String {
      String(
        (0..<Int.random(in: 0...3, using: &generator)).compactMap { _ in
          ["a", "b", "\u{0}", "\u{1}", "é", "\u{FFFD}", "\u{10000}"].randomElement(using: &generator)
        }.joined())
    }
    var context: [String: String] = [:]
    for _ in 0..<Int.random(in: 0...3, using: &generator) { context[text()] = text() }
    return context
  }

  private func decode(_ bytes: [UInt8]) throws -> [(key: String, value: String)] {
    var rest = bytes[...]
    func number() throws -> Int {
      try #require(rest.count >= 4)
      defer { rest = rest.dropFirst(4) }
      return rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    func text() throws -> String {
      let count = try number()
      try #require(rest.count >= count)
      defer { rest = rest.dropFirst(count) }
      return try #require(String(validating: rest.prefix(count), as: UTF8.self))
    }
    let pairs = try (0..<(try number())).map { _ in (key: try text(), value: try text()) }
    try #require(rest.isEmpty)
    return pairs
  }
}
