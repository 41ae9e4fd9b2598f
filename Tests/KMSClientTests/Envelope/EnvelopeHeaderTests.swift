// Headers as they come from strangers.

import Crypto
import Testing

@testable import KMSClient

@Suite struct EnvelopeHeaderTests {
  let header = EnvelopeHeader(
    chunkSize: 65_536, salt: message(32), keyARN: "arn", wrappedKey: message(5), commitment: message(32))

  @Test("A header is read back, wherever its bytes end, and only when it is complete")
  func reading() throws {
    let bytes = header.bytes
    #expect(bytes.count == 86)
    for length in 0..<bytes.count { #expect(try EnvelopeHeader.read(bytes.prefix(length)) == nil) }
    let read = try #require(try EnvelopeHeader.read((bytes + [1, 2, 3])[...]))
    #expect(read.header == header)
    #expect(read.length == bytes.count)
  }

  static let malformed: [(EnvelopeMalformation, [Int: UInt8])] = [
    (.notAnEnvelope, [0: 0]), (.notAnEnvelope, [3: 0]), (.unknownVersion, [4: 2]), (.unknownSuite, [5: 0]),
    (.chunkSize, [7: 0]), (.chunkSize, [6: 0xFF]), (.chunkSize, [7: 0x10, 9: 1]), (.keyARN, [42: 0, 43: 0]),
    (.keyARN, [42: 8, 43: 1]), (.keyARN, [42: 0xFF]), (.keyARN, [44: 0xFF]), (.wrappedKey, [47: 0, 48: 0]),
    (.wrappedKey, [47: 0x18, 48: 1]), (.wrappedKey, [47: 0xFF, 48: 0xFF]),
  ]

  @Test("What is beyond a limit is refused where it is read, with nothing after it", arguments: malformed)
  func limits(reason: EnvelopeMalformation, changes: [Int: UInt8]) throws {
    var bytes = header.bytes
    for (index, value) in changes { bytes[index] = value }
    let end = (changes.keys.max() ?? 0) + 1
    for length in [end, bytes.count] {
      // A chunk size is judged when its four bytes are there.
      let seen = reason == .chunkSize ? max(length, 10) : reason == .keyARN ? max(length, 47) : length
      let error = #expect(throws: EnvelopeError.self) { _ = try EnvelopeHeader.read(bytes.prefix(seen)) }
      #expect(error?.name == "malformed \(reason)")
    }
  }

  @Test("The largest header has 8,270 bytes")
  func largest() throws {
    let largest = EnvelopeHeader(
      chunkSize: 1_048_576, salt: message(32), keyARN: String(repeating: "a", count: 2_048),
      wrappedKey: message(6_144), commitment: message(32))
    #expect(largest.bytes.count == 8_270)
    #expect(try EnvelopeHeader.read(largest.bytes[...])?.header == largest)
  }

  @Test("A message ends at 2^32-1 chunks, for who seals and who opens")
  func chunkCount() throws {
    let key = SymmetricKey(size: .bits256)
    var sealer = ChunkCipher(key: key, firstNumber: .max - 1)
    var sealed: [UInt8] = []
    try sealer.seal([1], isLast: false, appendingTo: &sealed)
    let sealing = #expect(throws: EnvelopeError.self) { try sealer.seal([2], isLast: true, appendingTo: &sealed) }
    #expect(sealing?.name == "tooLong")
    var opener = ChunkCipher(key: key, firstNumber: .max - 1)
    #expect(try opener.open(sealed[...], isLast: false).array == [1])
    let opening = #expect(throws: EnvelopeError.self) { try opener.open(sealed[...], isLast: true) }
    #expect(opening?.name == "tooLong")
  }
}
