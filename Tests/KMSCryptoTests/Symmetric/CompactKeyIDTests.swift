// Key ids in 17 bytes.

import Testing

@testable import KMSCrypto

@Suite struct CompactKeyIDTests {
  @Test(arguments: [
    ("00112233-4455-6677-8899-aabbccddeeff", "0000112233445566778899aabbccddeeff"),
    ("mrk-00112233445566778899aabbccddeeff", "0100112233445566778899aabbccddeeff"),
    ("ffffffff-ffff-ffff-ffff-ffffffffffff", "00ffffffffffffffffffffffffffffffff"),
  ])
  func goThereAndBack(text: String, bytes: String) throws {
    #expect(write(text)?.hex == bytes)
    #expect(try read(hex(bytes)) == text)
  }

  @Test(arguments: [
    "", "mrk-", "00112233-4455-6677-8899-aabbccddeef", "00112233-4455-6677-8899-aabbccddeeff0",
    "00112233-4455-6677-8899-AABBCCDDEEFF", "MRK-00112233445566778899aabbccddeeff",
    "00112233445566778899aabbccddeeff", "001122334455-6677-8899-aabbccddeeff-",
    "00112233-4455-6677-8899_aabbccddeeff", "0011223g-4455-6677-8899-aabbccddeeff",
    "mrk-00112233445566778899aabbccddeef", "mrk-00112233445566778899aabbccddee-f",
    "00112233-4455-6677-8899-aabbccddee\u{E9}", "alias/app",
    "arn:aws:kms:us-east-1:123456789012:key/00112233-4455-6677-8899-aabbccddeeff",
  ])
  func otherTextIsRefused(text: String) {
    #expect(write(text) == nil)
  }

  @Test func otherBytesAreRefused() {
    for form in UInt8(2)...255 { #expect(read([form] + [UInt8](repeating: 0, count: 16)) == nil) }
    #expect(read([]) == nil)
    #expect(read([UInt8](repeating: 0, count: 16)) == nil)
    #expect(read([UInt8](repeating: 0, count: 18)) == nil)
  }

  @Test func randomBytesGoThereAndBack() {
    for form in [UInt8(0), 1] {
      for _ in 0..<500 {
        let bytes = [form] + RandomBytes.array(count: 16)
        #expect(read(bytes).flatMap(write) == bytes)
      }
    }
  }

  private func write(_ text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: CompactKeyID.byteCount)
    return bytes.withUnsafeMutableBytes { CompactKeyID.write(text, into: $0) } ? bytes : nil
  }

  private func read(_ bytes: [UInt8]) -> String? {
    bytes.withUnsafeBytes { CompactKeyID.text(of: $0) }
  }
}
