// Random bytes: as many as asked for, all of them random.

import KMSCrypto
import SecureMemory
import Testing

@Suite struct RandomBytesTests {
  @Test(arguments: [0, 1, 28, 255, 256, 257, 512, 1000, 4096]) func asManyAsAskedFor(count: Int) {
    #expect(RandomBytes.bytes(count: count).count == count)
    #expect(RandomBytes.array(count: count).count == count)
  }

  @Test func aNegativeCountGivesNone() {
    #expect(RandomBytes.array(count: -1).isEmpty)
    #expect(RandomBytes.bytes(count: -1).count == 0)
  }

  /// Requests are split at 256 bytes: every position must be written, to the last.
  @Test(arguments: [28, 256, 300, 600]) func everyPositionTakesManyValues(count: Int) {
    let samples = (0..<64).map { _ in RandomBytes.array(count: count) }
    let fewest = (0..<count).map { position in Set(samples.map { $0[position] }).count }.min()
    #expect(fewest ?? 0 > 32)  // 64 draws of 256 values give about 57 different ones
  }

  @Test func nothingOutsideTheBufferIsWritten() {
    var bytes = [UInt8](repeating: 7, count: 600)
    bytes.withUnsafeMutableBytes { RandomBytes.fill(UnsafeMutableRawBufferPointer(rebasing: $0[10..<590])) }
    #expect(bytes.prefix(10).allSatisfy { $0 == 7 })
    #expect(bytes.suffix(10).allSatisfy { $0 == 7 })
    #expect(!bytes[10..<590].allSatisfy { $0 == 7 })
  }
}
