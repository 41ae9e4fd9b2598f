@testable import NitroAttestation
import Testing

@Suite struct CBORReaderTests {
  /// From RFC 8949 appendix A, as far as it is of the subset.
  static let valid: [([UInt8], CBORValue)] = [
    ([0x00], .unsigned(0)), ([0x17], .unsigned(23)), ([0x18, 0x18], .unsigned(24)), ([0x18, 0x64], .unsigned(100)),
    ([0x19, 0x03, 0xE8], .unsigned(1000)), ([0x1A, 0x00, 0x0F, 0x42, 0x40], .unsigned(1_000_000)),
    ([0x1B, 0x00, 0x00, 0x00, 0xE8, 0xD4, 0xA5, 0x10, 0x00], .unsigned(1_000_000_000_000)),
    ([0x1B] + [UInt8](repeating: 0xFF, count: 8), .unsigned(.max)),
    ([0x3B] + [UInt8](repeating: 0xFF, count: 8), .negative(.max)),
    ([0x20], .negative(0)), ([0x38, 0x63], .negative(99)), ([0x39, 0x03, 0xE7], .negative(999)),
    ([0xF4], .boolean(false)), ([0xF5], .boolean(true)), ([0xF6], .null),
    ([0x40], .bytes([])), ([0x44, 1, 2, 3, 4], .bytes([1, 2, 3, 4])),
    ([0x60], .text("")), ([0x64, 0x49, 0x45, 0x54, 0x46], .text("IETF")), ([0x62, 0xC3, 0xBC], .text("\u{FC}")),
    ([0x64, 0xF0, 0x90, 0x85, 0x91], .text("\u{10151}")),
    ([0x80], .array([])), ([0x83, 1, 2, 3], .array([.unsigned(1), .unsigned(2), .unsigned(3)])),
    ([0xA0], .map(CBORMap())), ([0xA1, 0x61, 0x61, 0x81, 0x01], .map(CBORMap([("a", .array([.unsigned(1)]))]))),
    ([0xC1, 0x1A, 0x51, 0x4B, 0x67, 0xB0], .tagged(1, .unsigned(1_363_896_240))),
    ([0xD2, 0x80], .tagged(18, .array([]))),
  ]

  @Test("reads and writes the examples of RFC 8949", arguments: valid)
  func reads(encoding: [UInt8], value: CBORValue) throws {
    #expect(try CBORReader.read(encoding) == value)
    #expect(CBORWriter.write(value) == encoding)
  }

  @Test("refuses every beginning of an item", arguments: valid)
  func refusesTruncated(encoding: [UInt8], value: CBORValue) {
    for length in 0..<encoding.count {
      #expect(throws: CBORError.truncated) { try CBORReader.read([UInt8](encoding.prefix(length))) }
    }
  }

  @Test(
    "refuses what is not of the subset",
    arguments: [
      ([0x00, 0x00], .trailingBytes),
      ([0x18, 0x17], .notShortest), ([0x19, 0x00, 0xFF], .notShortest), ([0x1A, 0, 0, 0xFF, 0xFF], .notShortest),
      ([0x1B, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF], .notShortest), ([0x38, 0x00], .notShortest),
      ([0x58, 0x01, 0x00], .notShortest), ([0x78, 0x01, 0x61], .notShortest), ([0x98, 0x00], .notShortest),
      ([0xB8, 0x00], .notShortest), ([0xD8, 0x12, 0x80], .notShortest),
      ([0x5F, 0x41, 0x00, 0xFF], .indefiniteLength), ([0x7F, 0xFF], .indefiniteLength),
      ([0x9F, 0xFF], .indefiniteLength), ([0xBF, 0xFF], .indefiniteLength), ([0xFF], .indefiniteLength),
      ([0x1F], .indefiniteLength), ([0xDF], .indefiniteLength),
      ([0x1C], .reserved), ([0x5D], .reserved), ([0xFE], .reserved),
      ([0xF7], .unsupportedValue), ([0xF0], .unsupportedValue), ([0xF8, 0xFF], .unsupportedValue),
      ([0xF9, 0x00, 0x00], .unsupportedValue), ([0xFB, 0, 0, 0, 0, 0, 0, 0, 0], .unsupportedValue),
      ([0x61, 0xFF], .notUTF8), ([0x62, 0xC0, 0x80], .notUTF8), ([0x63, 0xED, 0xA0, 0x80], .notUTF8),
      ([0xA1, 0x41, 0x00, 0x00], .unsupportedKey), ([0xA1, 0xF6, 0x00], .unsupportedKey),
      ([0xA1, 0x80, 0x00], .unsupportedKey),
      ([0xA2, 0x00, 0x00, 0x00, 0x01], .duplicateKey), ([0xA2, 0x61, 0x61, 0x00, 0x61, 0x61, 0x00], .duplicateKey),
    ] as [([UInt8], CBORError)])
  func refuses(encoding: [UInt8], error: CBORError) {
    #expect(throws: error) { try CBORReader.read(encoding) }
  }

  @Test("believes no declared length or number that cannot follow", arguments: [2, 3, 4, 5] as [UInt8])
  func hugeLengths(majorType: UInt8) {
    for head in [[0x1B] + [UInt8](repeating: 0xFF, count: 8), [0x1B, 0x7F] + [UInt8](repeating: 0xFF, count: 7)] {
      var encoding = head + [0x00, 0x00]
      encoding[0] |= majorType << 5
      #expect(throws: CBORError.truncated) { try CBORReader.read(encoding) }
    }
  }

  @Test("keeps to its limits of depth and number")
  func limits() throws {
    let nested = [UInt8](repeating: 0x81, count: 8) + [0x00]
    #expect(throws: Never.self) { try CBORReader.read(nested) }
    #expect(throws: CBORError.tooDeep) { try CBORReader.read([0x81] + nested) }
    #expect(throws: CBORError.tooDeep) { try CBORReader.read([UInt8](repeating: 0xC1, count: 100_000)) }
    #expect(throws: CBORError.tooDeep) { try CBORReader.read([UInt8](repeating: 0x81, count: 100_000)) }

    let three: [UInt8] = [0x82, 0x00, 0x00]
    #expect(throws: Never.self) { try CBORReader.read(three, limits: .init(items: 3)) }
    #expect(throws: CBORError.tooManyItems) { try CBORReader.read(three, limits: .init(items: 2)) }
    #expect(throws: CBORError.tooManyItems) { try CBORReader.read([0x80], limits: .init(items: 0)) }
  }
}
