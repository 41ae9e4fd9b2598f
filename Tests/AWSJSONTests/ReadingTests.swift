// The reader's typed values: what converts, what does not, and what is out of range.

import AWSJSON
import Testing

@Suite("Typed reading")
struct ReadingTests {
  private func read<Value>(
    _ text: String, _ body: (inout JSONReader) throws(JSONError) -> Value
  ) throws(JSONError) -> Value {
    var reader = JSONReader(Array(text.utf8))
    let value = try body(&reader)
    try reader.finish()
    return value
  }

  @Test(
    "whole numbers, however they are written",
    arguments: [
      ("0", 0), ("-0", 0), ("-0.0", 0), ("0e5", 0), ("0e-5", 0), ("0.000e99999999999999999999", 0), ("5", 5),
      ("5.0", 5),
      ("5.000", 5), ("5e0", 5), ("50e-1", 5), ("0.5e1", 5), ("0.05E+2", 5), ("5E00", 5), ("500e-2", 5), ("-5.0e0", -5),
      ("1.2e1", 12), ("120.50e1", 1205), ("1e18", 1_000_000_000_000_000_000), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("9223372036854775807.0", .max), ("922337203685477580.7e1", .max),
      ("-92233720368547758080e-1", .min), ("9007199254740993", 9_007_199_254_740_993), (" 7 ", 7),
    ])
  func integers(text: String, value: Int) throws {
    #expect(try read(text) { reader throws(JSONError) in try reader.readInt() } == value)
    #expect(try read(text) { reader throws(JSONError) in try reader.readInt64() } == Int64(value))
  }

  @Test(
    "fractions are no integers",
    arguments: ["5.5", "0.1", "-0.1", "5e-1", "1e-1", "12e-2", "5.0001", "1e-99999999999999999999"])
  func fractions(text: String) {
    #expect(throws: JSONError.mismatch(expected: .integer, found: .number, offset: 0)) {
      try read(text) { reader throws(JSONError) in try reader.readInt() }
    }
  }

  @Test(
    "integers out of range",
    arguments: [
      ("9223372036854775808", 64), ("-9223372036854775809", 64), ("1e19", 64), ("1e999999", 64), ("-1e400", 64),
      ("9223372036854775807e1", 64), ("2147483648", 32), ("-2147483649", 32), ("1e10", 32), ("32768", 16),
      ("-32769", 16),
      ("128", 8), ("-129", 8),
    ])
  func outOfRange(text: String, bits: Int) {
    #expect(throws: JSONError.numberOutOfRange(offset: 0)) {
      try read(text) { reader throws(JSONError) in try reader.readInt(bits: bits) }
    }
  }

  @Test(
    "integers at the edges of their types",
    arguments: [
      ("2147483647", 32), ("-2147483648", 32), ("32767", 16), ("-32768", 16), ("127", 8), ("-128", 8), ("127.0", 8),
    ])
  func edges(text: String, bits: Int) throws {
    let value = try read(text) { reader throws(JSONError) in try reader.readInt(bits: bits) }
    #expect(Double(value) == Double(text))
    if bits == 32 { #expect(try read(text) { r throws(JSONError) in try r.readInt32() } == Int32(value)) }
  }

  @Test("nonsensical widths do not trap", arguments: [Int.min, -1, 0, 1, 65, Int.max])
  func widths(bits: Int) {
    #expect(throws: Never.self) { try read("0") { reader throws(JSONError) in try reader.readInt(bits: bits) } }
  }

  @Test("doubles are the nearest ones", arguments: [1, 2] as [UInt64])
  func doubles(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<5000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(try read("\(value)") { r throws(JSONError) in try r.readDouble() } == value)
      let digits = Int64.random(in: 0...999_999_999_999_999_999, using: &random)
      let text = "\(digits / 1000).\(digits % 1000)e\(Int.random(in: -30...30, using: &random))"
      #expect(try read(text) { r throws(JSONError) in try r.readDouble() } == Double(text))
      let short = "\(digits % 1_000_000).\(digits % 97)e\(Int.random(in: -25...25, using: &random))"
      #expect(try read(short) { r throws(JSONError) in try r.readDouble() } == Double(short))
    }
  }

  @Test("special doubles are strings, others of their kind are refused")
  func specialDoubles() throws {
    func double(_ text: String) throws(JSONError) -> Double {
      try read(text) { r throws(JSONError) in try r.readDouble() }
    }
    #expect(try double(#""NaN""#).isNaN)
    #expect(try double(#""Infinity""#) == .infinity)
    #expect(try double(#""-Infinity""#) == -.infinity)
    #expect(try double("-0").sign == .minus)
    for text in [#""""#, #""1""#, #""nan""#, #""+Infinity""#, #""inf""#] {
      #expect(throws: JSONError.mismatch(expected: .number, found: .string, offset: 0)) { try double(text) }
    }
    for text in ["1e309", "-1e309", "1e999999"] {
      #expect(throws: JSONError.numberOutOfRange(offset: 0)) { try double(text) }
    }
  }

  @Test("floats")
  func floats() throws {
    func float(_ text: String) throws(JSONError) -> Float {
      try read(text) { r throws(JSONError) in try r.readFloat() }
    }
    #expect(try float("1.25") == 1.25)
    #expect(try float("3.4028234663852886e38") == .greatestFiniteMagnitude)
    #expect(try float(#""Infinity""#) == .infinity)
    #expect(throws: JSONError.numberOutOfRange(offset: 1)) { try float(" 3.5e38") }
  }

  @Test("every kind is refused where another is wanted")
  func mismatches() {
    let found: [(String, JSONKind)] = [
      ("{}", .object), ("[]", .array), ("\"a\"", .string), ("1", .number), ("true", .bool), ("null", .null),
    ]
    let wanted: [(JSONKind, (inout JSONReader) throws(JSONError) -> Void)] = [
      (.object, { r throws(JSONError) in try r.beginObject() }),
      (.array, { r throws(JSONError) in try r.beginArray() }),
      (.string, { r throws(JSONError) in _ = try r.readString() }),
      (.number, { r throws(JSONError) in _ = try r.readInt() }),
      (.bool, { r throws(JSONError) in _ = try r.readBool() }),
      (.string, { r throws(JSONError) in _ = try r.readBlob() }),
      (.string, { r throws(JSONError) in _ = try r.readSecret() }),
      (.number, { r throws(JSONError) in _ = try r.readTimestamp() }),
      (.string, { r throws(JSONError) in _ = try r.readTimestamp(.dateTime) }),
      (.number, { r throws(JSONError) in _ = try r.readDouble() }),
      (.string, { r throws(JSONError) in _ = try r.readEnumeration(ExampleSpec.self) }),
      (.object, { r throws(JSONError) in _ = try r.readStringMap() }),
      (.array, { r throws(JSONError) in _ = try r.readStringList() }),
    ]
    for (text, kind) in found {
      for (expected, read) in wanted where expected != kind {
        #expect(throws: JSONError.mismatch(expected: expected, found: kind, offset: 1)) {
          var reader = JSONReader(Array(" \(text)".utf8))
          try read(&reader)
        }
      }
    }
  }

  @Test("names compare with literals, byte by byte and through escapes")
  func names() throws {
    let cases: [(String, String)] = [
      (#"{"KeyId":1}"#, "KeyId"), (#"{"\u004bey\u0049d":1}"#, "KeyId"), (#"{"keyId":1}"#, "other"),
      (#"{"KeyId ":1}"#, "other"),
      (#"{"":1}"#, "empty"), (#"{"KeyI":1}"#, "other"), (#"{"é":1}"#, "é"), (#"{"e\u0301":1}"#, "other"),
      (#"{"KeyId\u0000":1}"#, "other"),
    ]
    for (text, expected) in cases {
      var reader = JSONReader(Array(text.utf8))
      try reader.beginObject()
      let name = try #require(try reader.nextMember())
      let found =
        switch name {
        case "KeyId": "KeyId"
        case "": "empty"
        case "é": "é"
        default: "other"
        }
      #expect(found == expected, "\(text)")
    }
  }

  @Test("names of equal text are equal wherever they lie, and give their text")
  func nameEquality() throws {
    var reader = JSONReader(Array(#"{"a":1,"\u0061":2,"b":3,"ab":4}"#.utf8))
    var names: [JSONName] = []
    try reader.beginObject()
    while let name = try reader.nextMember() {
      names.append(name)
      try reader.skipValue()
    }
    #expect(names.map(\.string) == ["a", "a", "b", "ab"])
    #expect(names[0] == names[1])
    #expect(names[0] != names[2])
    #expect(names[0] != names[3])
  }

  @Test("a value that was not read is an error, not a wrong answer")
  func unread() throws {
    var object = JSONReader(Array(#"{"a":1,"b":2}"#.utf8))
    try object.beginObject()
    _ = try object.nextMember()
    #expect(throws: JSONError.self) { try object.nextMember() }
    var open = JSONReader(Array("[]".utf8))
    try open.beginArray()
    #expect(throws: JSONError.self) { try open.finish() }
    var stray = JSONReader(Array("}".utf8))
    #expect(throws: JSONError.syntax(offset: 0)) { try stray.nextMember() }
  }

  @Test("null is consumed when it is there")
  func nulls() throws {
    var reader = JSONReader(Array("[null,1,nul]".utf8))
    try reader.beginArray()
    #expect(try reader.nextElement())
    #expect(try reader.readNull())
    #expect(try reader.nextElement())
    #expect(try reader.readNull() == false)
    #expect(try reader.readInt() == 1)
    #expect(try reader.nextElement())
    #expect(throws: JSONError.syntax(offset: 8)) { try reader.readNull() }
  }

  @Test(
    "names that are equal but not the same are refused in maps",
    arguments: [
      (#"{"\u00e9":"1","e\u0301":"2"}"#, true), (#"{"K":"1","\u212a":"2"}"#, true), (#"{"\u212a":"1","K":"2"}"#, true),
      (#"{"\u00e9":"1","\u00e9":"2"}"#, false), (#"{"k":"1","K":"2"}"#, false),
    ])
  func ambiguousNames(text: String, isAmbiguous: Bool) throws {
    let reads: [(inout JSONReader) throws -> Void] = [
      { _ = try $0.readStringMap() }, { _ = try $0.readDocument() },
      {
        var validation = Validation(.enforceConstraints)
        _ = try $0.readStringMap(at: "x", &validation)
      },
    ]
    for read in reads {
      var reader = JSONReader(Array(text.utf8))
      do {
        try read(&reader)
        #expect(!isAmbiguous)
      } catch {
        #expect(isAmbiguous)
        guard case JSONError.ambiguousName = error else { throw error }
      }
    }
  }

  @Test("lists and maps of strings; the last of equal keys wins, a null is refused")
  func stringCollections() throws {
    #expect(try read(#"["a","","é"]"#) { r throws(JSONError) in try r.readStringList() } == ["a", "", "é"])
    #expect(
      try read(#"{"a":"1","b":"2","a":"3"}"#) { r throws(JSONError) in try r.readStringMap() } == ["a": "3", "b": "2"])
    #expect(throws: JSONError.mismatch(expected: .string, found: .null, offset: 1)) {
      try read("[null]") { r throws(JSONError) in try r.readStringList() }
    }
    #expect(throws: JSONError.mismatch(expected: .string, found: .null, offset: 5)) {
      try read(#"{"a":null}"#) { r throws(JSONError) in try r.readStringMap() }
    }
  }
}
