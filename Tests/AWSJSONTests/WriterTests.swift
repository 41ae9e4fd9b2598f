// What the writer writes, to the byte.

import AWSJSON
import Foundation
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
      writer.key("c")
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
          $0.beginObject(); $0.key(value); $0.null(); $0.endObject()
        } == "{\(text):null}")
    }
    #expect(
      written {
        $0.beginObject(); $0.member("a\"b"); $0.int(0); $0.endObject()
      } == #"{"a\"b":0}"#)
    // Wherever it stands in a longer text.
    for (value, text) in cases {
      for count in 0..<20 {
        let fill = String(repeating: "é", count: count)
        #expect(written { $0.string(fill + value + fill) } == "\"\(fill)\(text.dropFirst().dropLast())\(fill)\"")
      }
    }
    for byte in UInt8(0)...0x7F {
      let scalar = Character(Unicode.Scalar(byte))
      let text = written { $0.string("12345678\(scalar)12345678") }
      #expect((text.utf8.count == 19) == !(byte < 0x20 || scalar == "\"" || scalar == "\\"), "\(byte)")
    }
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

  // MARK: Records

  private static let leftOut: [StaticString] = ["GrantTokens", "Policy"]

  /// What `body` writes as a record, as text.
  private static func recorded(_ body: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter(recordLeavingOut: leftOut, capacity: 0)
    body(&writer)
    #expect(!writer.carriesSecret)
    return String(decoding: writer.finish(), as: UTF8.self)
  }

  @Test("a record of a structure has no secrets, no blobs and no members that are to be left out, to the byte")
  func recordOfStructure() {
    let input = ExampleInput(
      keyID: "alias/app", owner: ExampleTag(key: "o", value: "p"), spec: .eccNISTP256, specs: [.rsa2048],
      grantTokens: ["a", "b"], context: ["KeyId": "1", "GrantTokens": "2"], tags: [ExampleTag(key: "t")],
      owners: ["W": ExampleTag(key: "v")], matrix: [[], [1, 2]], sparse: ["a", nil], plaintext: SecretBytes([1, 2]),
      blob: [3, 4], count: 7, validTo: Date(timeIntervalSince1970: 1_593_622_000.191), dryRun: false,
      document: .object(["A": .array([])]))
    let expected =
      #"{"keyId":"alias/app","owner":{"tagKey":"o","tagValue":"p"},"spec":"ECC_NIST_P256","specs":["RSA_2048"],"#
      + #""context":{"GrantTokens":"2","KeyId":"1"},"tags":[{"tagKey":"t"}],"owners":{"W":{"tagKey":"v"}},"#
      + #""matrix":[[],[1,2]],"sparse":["a",null],"count":7,"validTo":"2020-07-01T16:46:40.191Z","dryRun":false,"#
      + #""document":{"A":[]}}"#
    #expect(Self.recorded { input.encode(&$0) } == expected)
  }

  @Test("what is left out of a record leaves no comma behind, wherever it stands")
  func recordCommas() {
    let one = Shape.number(1)
    let cases: [(shape: Shape, text: String)] = [
      (.structure([.hidden(.secret), one]), "{}"), (.structure([.hidden(.secretText)]), "{}"),
      (.structure([.hidden(.blob), one, one]), #"{"aWSAccountId":1}"#),
      (.structure([one, .structure([.hidden(.secret), one, .list([one])]), one]), #"{"keyId":1,"aWSAccountId":1}"#),
      (.structure([one, one, .hidden(.blob), one, one]), #"{"keyId":1,"x":1}"#),
      (.structure([one, .list([.list([]), .map(["K": one])]), .hidden(.secret)]), #"{"keyId":1}"#),
      (.list([.hidden(.secret), one, .hidden(.blob), one]), "[1,1]"), (.list([.hidden(.secretText)]), "[]"),
      (.map(["A": .hidden(.blob), "KeyId": one, "L": .hidden(.secret), "Policy": one]), #"{"KeyId":1,"Policy":1}"#),
      (.structure([.map(["A": .hidden(.secret)]), one, one]), #"{"keyId":{},"aWSAccountId":1}"#),
      (.structure([.structure([.hidden(.secret)]), one, .list([])]), #"{"keyId":{},"aWSAccountId":[]}"#),
      (.hidden(.secret), ""),
    ]
    for (shape, text) in cases { #expect(Self.recorded { shape.write(&$0) } == text) }
  }

  @Test("times of records are to the second or the millisecond, in RFC 3339")
  func recordTimes() {
    let times = [
      (0, "1970-01-01T00:00:00Z"), (1_593_622_000.999, "2020-07-01T16:46:40Z"), (-1, "1969-12-31T23:59:59Z"),
      (-0.5, "1969-12-31T23:59:59Z"), (.nan, "0001-01-01T00:00:00Z"), (1e300, "9999-12-31T23:59:59Z"),
    ]
    for (seconds, text) in times {
      #expect(written { $0.dateTime(secondsSince1970: seconds) } == "\"\(text)\"")
    }
    for format in TimestampFormat.allCases {
      #expect(
        Self.recorded { $0.timestamp(Date(timeIntervalSince1970: 0.25), format) } == #""1970-01-01T00:00:00.250Z""#)
    }
  }

  @Test("a finished text is taken as it is")
  func json() {
    #expect(
      written {
        $0.beginArray(); $0.int(1); $0.json(Array(#"{"a":[]}"#.utf8)); $0.null(); $0.endArray()
      } == #"[1,{"a":[]},null]"#)
  }

  @Test("no secret, no blob and nothing left out ever gets into a record", arguments: Array(1...20) as [UInt64])
  func recordsOfAnything(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let shape = Shape.structure((0..<3).map { _ in Shape.random(depth: 4, &random) })
      let text = Self.recorded { shape.write(&$0) }
      #expect(try readDocument(Array(text.utf8)) == shape.expected(), "\(text)")
      #expect(!text.contains(Shape.hiddenText), "\(text)")
      #expect(!text.contains(Data(Shape.hiddenText.utf8).base64EncodedString()), "\(text)")
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

  static func text(_ random: inout SeededGenerator) -> String {
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

/// Something of the kind that inputs and outputs are made of.
private indirect enum Shape {
  case string(String)
  case number(Int)
  case hidden(Hidden)
  case list([Shape])
  case map([String: Shape])
  case structure([Shape])

  enum Hidden: CaseIterable { case secret, secretText, blob }

  static let hiddenText = "hidden-from-records"
  /// Names of members, in the order in which a structure uses them.
  private static let names: [StaticString] = ["KeyId", "GrantTokens", "AWSAccountId", "Policy", "x"]
  private static let recordNames: [String?] = ["keyId", nil, "aWSAccountId", nil, "x"]

  static func random(depth: Int, _ random: inout SeededGenerator) -> Shape {
    let count = Int.random(in: 0...5, using: &random)
    switch Int.random(in: 0..<(depth > 0 ? 7 : 4), using: &random) {
    case 0: return .string(WriterTests.text(&random))
    case 1: return .number(count)
    case 2, 3: return .hidden(Hidden.allCases.randomElement(using: &random) ?? .secret)
    case 4: return .list((0..<count).map { _ in Shape.random(depth: depth - 1, &random) })
    case 5:
      let keys = (0..<count).map { "K\($0)" }
      return .map(Dictionary(uniqueKeysWithValues: keys.map { ($0, Shape.random(depth: depth - 1, &random)) }))
    default: return .structure((0..<count).map { _ in Shape.random(depth: depth - 1, &random) })
    }
  }

  func write(_ writer: inout JSONWriter) {
    switch self {
    case .string(let text): writer.string(text)
    case .number(let number): writer.int(number)
    case .hidden(.secret): writer.secret(SecretBytes(Self.hiddenText.utf8))
    case .hidden(.secretText): writer.secretText(SecretBytes(Self.hiddenText.utf8))
    case .hidden(.blob): writer.blob(Array(Self.hiddenText.utf8))
    case .list(let elements): writer.list(elements) { writer, element in element.write(&writer) }
    case .map(let entries): writer.map(entries) { writer, value in value.write(&writer) }
    case .structure(let members):
      writer.beginObject()
      for (name, value) in zip(Self.names, members) {
        writer.member(name)
        value.write(&writer)
      }
      writer.endObject()
    }
  }

  /// What a record has of it; nil when that is nothing.
  func expected() -> JSONValue? {
    switch self {
    case .string(let text): return .string(text)
    case .number(let number): return .integer(Int64(number))
    case .hidden: return nil
    case .list(let elements): return .array(elements.compactMap { $0.expected() })
    case .map(let entries): return .object(entries.compactMapValues { $0.expected() })
    case .structure(let members):
      var kept: [String: JSONValue] = [:]
      for (name, value) in zip(Self.recordNames, members) {
        if let name, let value = value.expected() { kept[name] = value }
      }
      return .object(kept)
    }
  }
}
