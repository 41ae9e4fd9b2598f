// What the writer writes, to the byte.

import AWSJSON
import SecureMemory
import Testing

/// What `body` writes, as text.
func written(_ body: (inout JSONWriter) -> Void) -> String {
  var writer = JSONWriter(capacity: 0)
  body(&writer)
  return String(decoding: writer.finish(), as: UTF8.self)
}

@Suite("JSON writing")
struct WriterTests {
  @Test("commas stand between members and elements, at every level")
  func commas() {
    let text = written { writer in
      writer.beginObject()
      writer.member("a")
      writer.beginArray()
      writer.endArray()
      writer.member("b")
      writer.beginArray()
      writer.int(1)
      writer.beginObject()
      writer.endObject()
      writer.beginArray()
      writer.bool(true)
      writer.bool(false)
      writer.endArray()
      writer.null()
      writer.endArray()
      writer.member("c" as String)
      writer.string("x")
      writer.member("d")
      writer.blob([1])
      writer.endObject()
    }
    #expect(text == #"{"a":[],"b":[1,{},[true,false],null],"c":"x","d":"AQ=="}"#)
  }

  @Test("strings are escaped no more than RFC 8259 asks")
  func strings() {
    let cases = [
      ("", #""""#), ("plain", #""plain""#), ("\"\\/", #""\"\\/""#), ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
      ("\0\u{1}\u{1F}\u{10}", #""\u0000\u0001\u001f\u0010""#), ("\u{7F}é€😀\u{2028}", "\"\u{7F}é€😀\u{2028}\""),
      ("a\"b\"c", #""a\"b\"c""#), ("\n", #""\n""#),
    ]
    for (value, text) in cases {
      #expect(written { $0.string(value) } == text)
      #expect(
        written {
          $0.beginObject(); $0.member(value); $0.null(); $0.endObject()
        } == "{\(text):null}")
    }
    #expect(
      written {
        $0.beginObject(); $0.member("a\"b" as StaticString); $0.int(0); $0.endObject()
      } == #"{"a\"b":0}"#)
    let substring = String("x\n🙂".dropFirst())
    #expect(written { $0.string(substring) } == "\"\\n🙂\"")
  }

  @Test("numbers")
  func numbers() {
    #expect(written { $0.int(Int.min) } == "-9223372036854775808")
    #expect(written { $0.int(Int64.max) } == "9223372036854775807")
    #expect(written { $0.int(Int32(-7)) } == "-7")
    #expect(written { $0.int(0) } == "0")
    #expect(written { $0.double(0.1) } == "0.1")
    #expect(written { $0.double(-1e300) } == "-1e+300")
    #expect(written { $0.double(.nan) } == #""NaN""#)
    #expect(written { $0.double(-.nan) } == #""NaN""#)
    #expect(written { $0.double(.infinity) } == #""Infinity""#)
    #expect(written { $0.double(-.infinity) } == #""-Infinity""#)
    #expect(written { $0.float(0.1) } == "0.1")
    #expect(written { $0.float(-.infinity) } == #""-Infinity""#)
    #expect(written { $0.float(.nan) } == #""NaN""#)
  }

  @Test("maps are written in the order of their keys")
  func maps() {
    #expect(
      written { $0.stringMap(["b": "2", "a": "1", "B": "3", "é": "4"]) } == #"{"B":"3","a":"1","b":"2","é":"4"}"#)
    #expect(written { $0.stringMap(["a": "1"]) } == #"{"a":"1"}"#)
    #expect(written { $0.stringMap([:]) } == "{}")
    #expect(written { $0.document(.object(["z": .null, "y": .array([.bool(true)])])) } == #"{"y":[true],"z":null}"#)
  }

  @Test("a writer knows that it carries a secret")
  func secrets() {
    var writer = JSONWriter(capacity: 4)
    writer.beginArray()
    writer.blob([1, 2, 3])
    #expect(!writer.carriesSecret)
    writer.secret(SecretBytes([4, 5, 6]))
    #expect(writer.carriesSecret)
    // The buffer grows after the secret, several times.
    for _ in 0..<100 { writer.string("0123456789") }
    writer.endArray()
    let text = String(decoding: writer.finish(), as: UTF8.self)
    #expect(text == "[\"AQID\",\"BAUG\"" + String(repeating: ",\"0123456789\"", count: 100) + "]")
  }

  @Test("any value written reads back the same", arguments: Array(1...20) as [UInt64])
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let value = Self.value(depth: 5, &random)
      let text = written { $0.document(value) }
      #expect(try readDocument(Array(text.utf8)) == value, "\(text)")
      #expect(ReferenceJSON.read(Array(text.utf8)) == value, "\(text)")
    }
  }

  private static func value(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: return .null
    case 1: return .bool(Bool.random(using: &random))
    case 2: return .integer(Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0..<64, using: &random))
    case 3:
      let number = Double(bitPattern: random.next())
      return number.isFinite && number.description.contains { ".e".contains($0) } ? .number(number) : .number(0.5)
    case 4, 5: return .string(text(&random))
    case 6: return .array((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth - 1, &random) })
    default:
      var members: [String: JSONValue] = [:]
      for _ in 0..<Int.random(in: 0...4, using: &random) { members[text(&random)] = value(depth: depth - 1, &random) }
      return .object(members)
    }
  }

  private static func text(_ random: inout SeededGenerator) -> String {
    let ranges: [ClosedRange<UInt32>] = [
      0...0x7F, 0x20...0x7E, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x10000...0x10FFFF,
    ]
    var text = ""
    for _ in 0..<Int.random(in: 0...24, using: &random) {
      let range = ranges.randomElement(using: &random) ?? 0...0x7F
      if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) { text.unicodeScalars.append(scalar) }
    }
    return text
  }
}
