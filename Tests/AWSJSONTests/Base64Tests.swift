// Base64 through the reader and the writer, against Foundation's and a naive one.

import AWSJSON
import Foundation
import SecureMemory
import Testing

@Suite("Base64")
struct Base64Tests {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Bit by bit, strictly: the text has to be exactly what its bytes encode to.
  private func naiveDecode(_ text: [UInt8]) -> [UInt8]? {
    guard text.count % 4 == 0 else { return nil }
    let symbols = text.prefix { $0 != UInt8(ascii: "=") }
    let padding = text.count - symbols.count
    guard padding <= 2, text.suffix(padding).allSatisfy({ $0 == UInt8(ascii: "=") }) else { return nil }
    var bits: [Bool] = []
    for symbol in symbols {
      guard let value = Self.alphabet.firstIndex(of: symbol) else { return nil }
      for bit in (0..<6).reversed() { bits.append(value >> bit & 1 == 1) }
    }
    let count = text.count / 4 * 3 - padding
    guard bits[(count * 8)...].allSatisfy({ !$0 }) else { return nil }
    return (0..<count).map { byte in bits[byte * 8..<byte * 8 + 8].reduce(0) { $0 << 1 | ($1 ? 1 : 0) } }
  }

  private func decode(_ text: [UInt8]) -> [UInt8]? {
    var reader = JSONReader(Array("\"".utf8) + text + Array("\"".utf8))
    var again = reader
    let blob = try? reader.readBlob()
    let secret = (try? again.readSecret()).map { $0.withUnsafeBytes { Array($0) } }
    #expect(blob == secret, "blobs and secrets decode alike")
    return blob
  }

  private func encode(_ bytes: [UInt8]) -> String {
    var (blobs, secrets) = (JSONWriter(), JSONWriter())
    blobs.blob(bytes)
    secrets.secret(SecretBytes(bytes))
    let text = blobs.finish()
    #expect(text == secrets.finish(), "blobs and secrets encode alike")
    return String(decoding: text, as: UTF8.self)
  }

  @Test(
    "RFC 4648 §10",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func vectors(plain: String, text: String) {
    #expect(encode(Array(plain.utf8)) == "\"\(text)\"")
    #expect(decode(Array(text.utf8)) == Array(plain.utf8))
  }

  @Test("every length there and back, as Foundation has it")
  func lengths() {
    var random = SeededGenerator(seed: 5)
    for count in Array(0...200) + [1000, 4096, 65_537] {
      let bytes = random.bytes(count)
      let text = Data(bytes).base64EncodedString()
      #expect(encode(bytes) == "\"\(text)\"")
      #expect(decode(Array(text.utf8)) == bytes)
    }
  }

  @Test("every character at every place, as the naive decoder has it")
  func characters() {
    // Bytes that end or escape a JSON string, and bytes that are not UTF-8, never reach the decoder.
    let allowed = (UInt8(0x20)..<0x80).filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
    for sample in [
      "AAAA", "Zm9v", "Zg==", "Zm8=", "Zm9vZm9vZm9vZm9vZm9vZm9vZm9v", "Zm9vZm9vZm9vZm9vZm9vZm9vZg==", "////", "++++",
    ] {
      for index in sample.utf8.indices {
        let position = sample.utf8.distance(from: sample.startIndex, to: index)
        for byte in allowed {
          var text = Array(sample.utf8)
          text[position] = byte
          #expect(decode(text) == naiveDecode(text), "\(String(decoding: text, as: UTF8.self))")
        }
      }
    }
  }

  @Test(
    "malformed base64 is refused, with its place",
    arguments: [
      "A", "AA", "AAA", "AAAAA", "=", "==", "====", "A===", "AA=A", "AA==AAAA", "AAAA====", "AAA==", "AA==A", "Zh==",
      "Zm9=",
      "Zm 9", "Zm9v\\n", " Zm9v", "Zm9v ", "Zm-_", "Zm9v=", "Zm9\u{e9}", "é==", "A=A=", "=AAA", "Z\\u0000==",
    ])
  func malformed(text: String) {
    var blobs = JSONReader(Array(" \"\(text)\"".utf8))
    var secrets = blobs
    #expect(throws: JSONError.invalidBase64(offset: 2)) { try blobs.readBlob() }
    #expect(throws: JSONError.invalidBase64(offset: 2)) { try secrets.readSecret() }
  }

  @Test("characters may be JSON escapes")
  func escapes() {
    #expect(decode(Array(#"\/\u002B\u002f+"#.utf8)) == decode(Array("/+/+".utf8)))
    #expect(decode(Array(#"\u0041AA\u003d"#.utf8)) == [0, 0])
    #expect(decode(Array("/+/+".utf8)) == [0xFF, 0xEF, 0xFE])
  }
}
