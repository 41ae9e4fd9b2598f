// Hostile input: cut, flipped and random bodies give a value or an error, the same as the reference reader's.

import AWSJSON
import Testing

@Suite("Hostile bodies")
struct FuzzTests {
  static let documents = [
    #"{"KeyId":"alias/app","NumberOfBytes":64,"EncryptionContext":{"a":"b","é":"\u00e9\ud83d\ude00"},"GrantTokens":["x",""]}"#,
    #" [ -0.5e+10 , 1E-3, true,false , null,{"a":[[],{}]} ,"\"\\\/\b\f\n\r\t" ] "#,
    #"{"Plaintext":"AAECAwQFBgcICQ==","ValidTo":1593622000.191,"Tags":[{"TagKey":"k","TagValue":"€😀"}],"DryRun":true}"#,
    #"["0123456789abcdef0123456789abcdef",12345678901234567890,-9223372036854775808,"aaaaaaaé"]"#,
  ].map { Array($0.utf8) }

  /// Both readers accept the same bodies, with the same values; skipping accepts what reading does.
  private func compare(_ bytes: [UInt8]) {
    let value = try? readDocument(bytes, maximumDepth: 16)
    #expect(value == ReferenceJSON.read(bytes, maximumDepth: 16), "\(bytes)")
    if value != nil { #expect(throws: Never.self) { try skipDocument(bytes, maximumDepth: 16) } }
    #expect(throws: Never.self) { readEverything(bytes) }
  }

  /// Asks for every kind of value at the front of `bytes`; only the absence of a trap counts.
  private func readEverything(_ bytes: [UInt8]) {
    let reads: [(inout JSONReader) throws -> Void] = [
      { _ = try $0.readString() }, { _ = try $0.readInt(bits: 32) }, { _ = try $0.readDouble() },
      { _ = try $0.readFloat() },
      { _ = try $0.readBlob() }, { _ = try $0.readSecret() }, { _ = try $0.readTimestamp() }, { _ = try $0.readBool() },
      { _ = try $0.readTimestamp(.dateTime) }, { _ = try $0.readTimestamp(.httpDate) }, { _ = try $0.readStringMap() },
      { _ = try $0.readStringList() }, { _ = try $0.nextMember() }, { _ = try $0.nextElement() },
    ]
    for read in reads {
      var reader = JSONReader(bytes)
      try? read(&reader)
      try? reader.finish()
    }
    _ = try? ExampleInput.decodeInput(bytes)
    _ = try? ExampleInput.decodeOutput(bytes)
    _ = ServiceErrorReply(statusCode: 400, body: bytes) { _ in nil }
  }

  @Test("every prefix", arguments: documents)
  func prefixes(document: [UInt8]) {
    for length in 0...document.count {
      compare(Array(document[..<length]))
      if length < document.count, document[length...].contains(where: { $0 != 0x20 }) {
        #expect(throws: JSONError.self) { try skipDocument(Array(document[..<length])) }
      }
    }
  }

  @Test("every bit of every byte flipped", arguments: documents)
  func flips(document: [UInt8]) {
    for index in document.indices {
      for bit in 0..<8 {
        var changed = document
        changed[index] ^= 1 << bit
        compare(changed)
      }
    }
  }

  @Test("bytes replaced, inserted and removed at random", arguments: [1, 2, 3, 4] as [UInt64])
  func mutations(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("{}[]\",:\\u0123456789eE+-.tfn /".utf8) + [0, 0x1F, 0x7F, 0x80, 0xC3, 0xED, 0xF0, 0xFF]
    var accepted = 0
    for _ in 0..<1000 {
      var changed = Self.documents.randomElement(using: &random) ?? []
      for _ in 0...Int.random(in: 0...3, using: &random) {
        let index = Int.random(in: 0..<changed.count, using: &random)
        let byte = alphabet.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<3, using: &random) {
        case 0: changed[index] = byte
        case 1: changed.insert(byte, at: index)
        default: changed.remove(at: index)
        }
      }
      compare(changed)
      if (try? skipDocument(changed)) != nil { accepted += 1 }
    }
    // The mutations are neither all harmless nor all fatal.
    #expect((30...700).contains(accepted))
  }

  @Test("random bytes")
  func noise() {
    var random = SeededGenerator(seed: 99)
    for _ in 0..<2000 { compare(random.bytes(Int.random(in: 0...40, using: &random))) }
  }

  @Test("very large tokens are read in linear time")
  func largeTokens() throws {
    let million = 1_000_000
    let digits = String(repeating: "9", count: million)
    for text in [digits, "-" + digits, digits + ".5", "1e" + digits] {
      var reader = JSONReader(Array(text.utf8))
      #expect(throws: JSONError.numberOutOfRange(offset: 0), "\(text.prefix(5))") { try reader.readDouble() }
    }
    for text in [digits, "1e" + digits, "-1e" + digits] {
      var reader = JSONReader(Array(text.utf8))
      #expect(throws: JSONError.numberOutOfRange(offset: 0), "\(text.prefix(5))") { try reader.readInt() }
    }
    var tiny = JSONReader(Array(("0." + String(repeating: "0", count: million) + "1").utf8))
    #expect(try tiny.readDouble() == 0)
    var moved = JSONReader(Array(("0." + String(repeating: "0", count: million) + "7e1000001").utf8))
    #expect(try moved.readInt() == 7)
    let zeros = String(repeating: "0", count: million)
    var whole = JSONReader(Array(("7" + zeros + "e-1000000").utf8))
    #expect(try whole.readInt() == 7)
    let escapes = String(repeating: #"\u00e9"#, count: million / 6)
    #expect(try readDocument(Array("\"\(escapes)\"".utf8)) == .string(String(repeating: "é", count: million / 6)))
  }
}
