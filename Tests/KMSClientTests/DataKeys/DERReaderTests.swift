// The DER reader's own rules, byte by byte (ITU-T X.690, 8.1.3 and 10.1).

import Testing

@testable import KMSClient

@Suite("DER reader")
struct DERReaderTests {
  /// The length of the octet string at the start of `bytes`, nil when it is refused.
  private func octetString(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { buffer in
      var reader = DERReader(buffer)
      guard let contents = try? reader.read(.octetString), (try? reader.finish()) != nil else { return nil }
      return contents.count
    }
  }

  @Test(
    "lengths in their shortest form",
    arguments: [
      ([0x00], 0), ([0x01], 1), ([0x7F], 127), ([0x81, 0x80], 128), ([0x81, 0xFF], 255), ([0x82, 0x01, 0x00], 256),
      ([0x82, 0xFF, 0xFF], 65_535),
    ] as [([UInt8], Int)])
  func lengths(encoded: [UInt8], count: Int) {
    let content = [UInt8](repeating: 7, count: count)
    #expect(octetString([0x04] + encoded + content) == count)
    #expect(octetString([0x04] + encoded + content + [0]) == nil)
    #expect(octetString([0x24] + encoded + content) == nil)
    if count > 0 { #expect(octetString([0x04] + encoded + content.dropLast()) == nil) }
  }

  @Test(
    "lengths that DER does not allow, or that no key needs",
    arguments: [
      ([0x81, 0x05], 5), ([0x81, 0x7F], 127), ([0x82, 0x00, 0x05], 5), ([0x82, 0x00, 0xFF], 255), ([0x80], 0),
      ([0x80, 0x00, 0x00], 2), ([0x83, 0x01, 0x00, 0x00], 65_536), ([0x84, 0x00, 0x00, 0x00, 0x05], 5),
      ([0xFF], 127), ([0x81], 0), ([0x82, 0x01], 0),
    ] as [([UInt8], Int)])
  func refusedLengths(encoded: [UInt8], count: Int) {
    #expect(octetString([0x04] + encoded + [UInt8](repeating: 7, count: count)) == nil)
  }

  @Test(
    "small integers",
    arguments: [
      ([0x02, 0x01, 0x00], 0), ([0x02, 0x01, 0x01], 1), ([0x02, 0x01, 0x7F], 127), ([0x02, 0x01, 0x80], nil),
      ([0x02, 0x02, 0x00, 0x01], nil), ([0x02, 0x00], nil), ([0x02], nil), ([], nil), ([0x04, 0x01, 0x00], nil),
    ] as [([UInt8], UInt8?)])
  func smallIntegers(bytes: [UInt8], expected: UInt8?) {
    bytes.withUnsafeBytes { buffer in
      var reader = DERReader(buffer)
      #expect((try? reader.readSmallInteger()) == expected)
    }
  }
}
