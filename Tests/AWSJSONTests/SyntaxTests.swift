// What is JSON and what is not, document by document.

import AWSJSON
import Testing

/// Reads a whole document as a value.
func readDocument(_ bytes: [UInt8], maximumDepth: Int = 64) throws(JSONError) -> JSONValue {
  var reader = JSONReader(bytes, maximumDepth: maximumDepth)
  let value = try reader.readDocument()
  try reader.finish()
  return value
}

/// Skips a whole document.
func skipDocument(_ bytes: [UInt8], maximumDepth: Int = 64) throws(JSONError) {
  var reader = JSONReader(bytes, maximumDepth: maximumDepth)
  try reader.skipValue()
  try reader.finish()
}

@Suite("JSON syntax")
struct SyntaxTests {
  @Test(
    "valid documents give their values",
    arguments: [
      ("null", .null), (" true ", .bool(true)), ("\t\r\n false", .bool(false)), ("0", .integer(0)), ("-0", .integer(0)),
      ("-12", .integer(-12)), ("1.5", .number(1.5)), ("1E2", .number(100)), ("1e+2", .number(100)),
      ("1e-2", .number(0.01)), ("0.0", .number(0)), ("0e0", .number(0)),
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
      ("9223372036854775808", .number(9223372036854775808)), ("1e308", .number(1e308)), ("1e-999999", .number(0)),
      ("0e999999999999999999999999", .number(0)), ("4.9e-324", .number(.leastNonzeroMagnitude)),
      ("123456789012345678", .integer(123_456_789_012_345_678)), (#""""#, .string("")), (#""a""#, .string("a")),
      (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")), (#""\u0000""#, .string("\0")),
      (#""\u0041\u00e9\u20AC""#, .string("Aé€")), (#""\uD83D\uDE00""#, .string("😀")), (#""😀é€""#, .string("😀é€")),
      (#""\uDBFF\uDFFF""#, .string("\u{10FFFF}")), (#""\uFFFF""#, .string("\u{FFFF}")),
      ("\"\u{7F}\"", .string("\u{7F}")),
      (#""0123456789\n0123456789""#, .string("0123456789\n0123456789")), ("[]", .array([])), ("[ ]", .array([])),
      ("[1,2]", .array([.integer(1), .integer(2)])), ("[[],[[]]]", .array([.array([]), .array([.array([])])])),
      ("{}", .object([:])), ("{ }", .object([:])), (#"{"":0}"#, .object(["": .integer(0)])),
      (#"{"a":1,"a":2}"#, .object(["a": .integer(2)])),
      (#"{"a":{"b":[null]}}"#, .object(["a": .object(["b": .array([.null])])])),
      (
        #" { "a" : [ 1 , { } ] , "b" : "x" } "#,
        .object(["a": .array([.integer(1), .object([:])]), "b": .string("x")])
      ),
      (#"{"\u0061":1}"#, .object(["a": .integer(1)])),
    ] as [(String, JSONValue)])
  func valid(text: String, value: JSONValue) throws {
    #expect(try readDocument(Array(text.utf8)) == value)
    try skipDocument(Array(text.utf8))
    #expect(ReferenceJSON.read(Array(text.utf8)) == value, "the reference reader is wrong")
  }

  @Test(
    "text that is not JSON is refused",
    arguments: [
      "", " ", "nul", "nulll", "True", "tru", "falsee", "NaN", "Infinity", "-Infinity", "undefined", "'a'", "a",
      "[", "]", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1:2]", "[1}", "[1]]", "[\"a\"", "[\"a",
      "[true",
      "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{,\"a\":1}", "{a:1}", "{1:1}",
      "{'a':1}", "{\"a\" 1}", "{\"a\",1}", "{\"a\":}", "{\"a\"::1}", "{\"a\":1 \"b\":2}", "{\"a\":1]", "{null:1}",
      "{\"a\":1}}", "{\"a\":1}{", "{} {}", "1 2", "[] //", "/* */ []", "[1]x", "[]\0", "\0", "[\0]",
      "-", "--1", "+1", "01", "-01", "00", "1.", ".1", "-.1", "1.e1", "1e", "1e+", "1e1.5", "0x10", "1_000", "1,000",
      "1e999999", "-1e999999", "0.1.2", "1ee2", "\u{FF11}", "-a", "2.a",
      "\"", "\"a", "\"\\", "\"\\\"", "\"\\x\"", "\"\\a\"", "\"\\u\"", "\"\\u12\"", "\"\\u123\"", "\"\\u12G4\"",
      "\"\\u 123\"", "\"\\U0041\"", "\"\\uD800\"", "\"\\uDC00\"", "\"\\uD800a\"", "\"\\uD800\\n\"",
      "\"\\uD800\\u0041\"",
      "\"\\uD800\\uD800\"", "\"\\uDC00\\uD800\"", "\"\\uD83D\\uDE0\"", "\"\\uD83D\\", "\"\\uD83D\\u", "\"\\\u{0}\"",
      "\"\n\"", "\"\t\"", "\"\0\"", "\"\u{1F}\"", "\"01234567\u{1F}\"", "\"a\" \"b\"", "\u{A0}1", "\u{2028}1",
      "1\u{85}",
      "\u{C}1", "\u{B}1", "\u{FEFF}[]", "\u{FEFF}",
    ])
  func invalid(text: String) {
    #expect(throws: JSONError.self) { try readDocument(Array(text.utf8)) }
    // Numbers too large for a double are well-formed, and only refused when wanted.
    if !text.hasSuffix("1e999999") { #expect(throws: JSONError.self) { try skipDocument(Array(text.utf8)) } }
    #expect(ReferenceJSON.read(Array(text.utf8)) == nil, "the reference reader is wrong")
  }

  @Test(
    "bytes that are not UTF-8 are refused in values, names and skipped members",
    arguments: [
      [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
      [0xE2, 0x82],
      [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE],
      [0xFF],
      [0xEF, 0xBB], [0xC3, 0xA9, 0xA9],
    ] as [[UInt8]])
  func notUTF8(bytes: [UInt8]) {
    for prefix in ["", "0123456", "01234567", "0123456789abcdef"] {
      let string = Array("\"\(prefix)".utf8) + bytes + Array("\"".utf8)
      let badAt = { (before: Int) in JSONError.invalidUTF8(offset: before + 1 + prefix.utf8.count) }
      for (before, after) in [("", ""), ("[", "]"), ("{\"a\":", "}"), ("{", ":1}")] {
        let document = Array(before.utf8) + string + Array(after.utf8)
        let expected =
          bytes == [0xC3, 0xA9, 0xA9]
          ? JSONError.invalidUTF8(offset: before.utf8.count + prefix.utf8.count + 3) : badAt(before.utf8.count)
        #expect(throws: expected) { try readDocument(document) }
        #expect(throws: expected) { try skipDocument(document) }
      }
    }
    #expect(throws: JSONError.self) { try readDocument(bytes) }
  }

  @Test("nesting is limited exactly, and a reader's limit itself has a ceiling")
  func depth() throws {
    func nested(_ depth: Int, _ open: String, _ close: String) -> [UInt8] {
      Array((String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)).utf8)
    }
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
      for limit in [0, 1, 2, 64, 100] {
        _ = try readDocument(nested(limit, open, close), maximumDepth: limit)
        try skipDocument(nested(limit, open, close), maximumDepth: limit)
        let tooDeep = JSONError.tooDeep(offset: limit * open.utf8.count)
        #expect(throws: tooDeep) { try readDocument(nested(limit + 1, open, close), maximumDepth: limit) }
        #expect(throws: tooDeep) { try skipDocument(nested(limit + 1, open, close), maximumDepth: limit) }
      }
      let bottomless = Array(String(repeating: open, count: 1_000_000).utf8)
      #expect(throws: JSONError.tooDeep(offset: 512 * open.utf8.count)) {
        try readDocument(bottomless, maximumDepth: .max)
      }
      #expect(throws: JSONError.tooDeep(offset: 64 * open.utf8.count)) { try skipDocument(bottomless) }
    }
    // Many containers beside each other are not deep.
    let wide = Array(("[" + String(repeating: "[{}],", count: 1000) + "1]").utf8)
    try skipDocument(wide, maximumDepth: 3)
    #expect(throws: JSONError.self) { try readDocument([], maximumDepth: -1) }
  }

  @Test("errors say where")
  func offsets() {
    let cases: [(String, JSONError)] = [
      ("", .syntax(offset: 0)), ("[1,]", .syntax(offset: 3)), ("[1;2]", .syntax(offset: 2)),
      ("{\"a\" 1}", .syntax(offset: 5)),
      ("[\"\u{1}\"]", .syntax(offset: 2)), ("[\"\\q\"]", .syntax(offset: 3)), ("{} x", .trailingBytes(offset: 3)),
      ("[1e400]", .numberOutOfRange(offset: 1)), ("[tru]", .syntax(offset: 1)), ("[tru", .syntax(offset: 4)),
      ("[trux]", .syntax(offset: 1)),
    ]
    for (text, error) in cases {
      #expect(throws: error, "\(text)") { try readDocument(Array(text.utf8)) }
    }
  }

  @Test("error descriptions hold no input")
  func descriptions() {
    let cases: [(JSONError, String)] = [
      (.syntax(offset: 3), "The body is not valid JSON (at byte 3)"),
      (.tooDeep(offset: 3), "The body is nested too deeply (at byte 3)"),
      (.invalidUTF8(offset: 3), "The body is not valid UTF-8 (at byte 3)"),
      (.trailingBytes(offset: 3), "The body goes on after its JSON value (at byte 3)"),
      (
        .mismatch(expected: .string, found: .number, offset: 3),
        "NUMBER_VALUE can not be converted to a String (at byte 3)"
      ),
      (
        .mismatch(expected: .integer, found: .object, offset: 3),
        "START_OBJECT can not be converted to an Integer (at byte 3)"
      ),
      (.ambiguousName(offset: 3), "Two names differ only in their Unicode form (at byte 3)"),
      (.invalidBase64(offset: 3), "A blob is not valid base64 (at byte 3)"),
      (.numberOutOfRange(offset: 3), "A number is out of range (at byte 3)"),
      (.invalidTimestamp(offset: 3), "A timestamp is not valid (at byte 3)"),
    ]
    for (error, description) in cases { #expect(error.description == description) }
  }
}
