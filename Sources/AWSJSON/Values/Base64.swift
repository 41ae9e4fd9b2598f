// Standard base64 (RFC 4648 §4), without tables and branches on the data, so that no timing tells of it: private keys
// pass through here.

internal import SecureMemory

/// Encoding and strict decoding: padding required, no white space, and no stray bits in the last character,
/// so that each byte string has exactly one text.
enum Base64 {
  /// How many characters `count` bytes take.
  static func encodedCount(_ count: Int) -> Int { (count + 2) / 3 * 4 }

  /// The bytes of `text`, or nil if it is not base64.
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard let count = decodedCount(text) else { return nil }
    var isValid = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      isValid = text.withUnsafeBytes { decode($0, into: UnsafeMutableRawBufferPointer(buffer)) }
      initialized = count
    }
    return isValid ? bytes : nil
  }

  /// As ``decode(_:)``, straight into protected memory.
  static func decodeSecret(_ text: ArraySlice<UInt8>) -> SecretBytes? {
    guard let count = decodedCount(text) else { return nil }
    var isValid = false
    let secret = SecretBytes(count: count) { buffer in
      isValid = text.withUnsafeBytes { decode($0, into: buffer) }
    }
    return isValid ? secret : nil
  }

  /// How many bytes `text` stands for, judged by its length and padding.
  private static func decodedCount(_ text: ArraySlice<UInt8>) -> Int? {
    guard text.count % 4 == 0 else { return nil }
    return text.count / 4 * 3 - text.suffix(2).count { $0 == UInt8(ascii: "=") }
  }

  /// Fills `output`, whose size ``decodedCount(_:)`` gave, completely; false if `text` was malformed.
  private static func decode(_ text: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Bool {
    // A padding character that is not at the end is counted as a symbol, and is none.
    let symbols = text.count - (text.count / 4 * 3 - output.count)
    var invalid: UInt64 = 0
    var (from, to) = (0, 0)
    while from < symbols {
      let values = sextets(load(text, at: from, count: min(symbols - from, 8), filler: UInt8(ascii: "A")))
      invalid |= values & (0x80 &* ones)
      let block = pack(values)
      let count = min(output.count - to, 6)
      // Behind the last byte, the last symbol may have only zeros.
      invalid |= block << (8 * UInt64(count))
      store(block.byteSwapped, in: output, at: to, count: count)
      (from, to) = (from + 8, to + 6)
    }
    return invalid == 0
  }

  /// Writes the text of `bytes` into `output`, which has room for exactly that.
  static func encode(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
    var (from, to) = (0, 0)
    while from < bytes.count {
      // Of eight bytes the last two are looked at again in the next round.
      let block = load(bytes, at: from, count: min(bytes.count - from, 8), filler: 0).byteSwapped
      store(characters(unpack(block)), in: output, at: to, count: min(output.count - to, 8))
      (from, to) = (from + 6, to + 8)
    }
    let padding = (3 - bytes.count % 3) % 3
    for index in output.indices.suffix(padding) { output[index] = UInt8(ascii: "=") }
  }

  // MARK: Blocks: six bytes are eight characters, in a 64-bit word whose lowest byte comes first

  /// `count` bytes, one to eight, with `filler` behind them.
  @inline(__always)
  private static func load(_ buffer: UnsafeRawBufferPointer, at offset: Int, count: Int, filler: UInt8) -> UInt64 {
    if count == 8 { return UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) }
    var word: UInt64 = 0
    for index in (0..<8).reversed() { word = word << 8 | UInt64(index < count ? buffer[offset + index] : filler) }
    return word
  }

  /// The first `count` bytes of a word. Where there is room, all eight are written: what follows overwrites the rest.
  @inline(__always)
  private static func store(_ word: UInt64, in buffer: UnsafeMutableRawBufferPointer, at offset: Int, count: Int) {
    if offset + 8 <= buffer.count {
      buffer.storeBytes(of: word.littleEndian, toByteOffset: offset, as: UInt64.self)
    } else {
      for index in 0..<count { buffer[offset + index] = UInt8(truncatingIfNeeded: word >> (8 * UInt64(index))) }
    }
  }

  /// Eight values of six bits, in as many bytes, moved together: 48 bits from the top, the first value highest.
  @inline(__always)
  private static func pack(_ values: UInt64) -> UInt64 {
    let pairs = (values & 0x00FF_00FF_00FF_00FF) << 6 | (values >> 8) & 0x00FF_00FF_00FF_00FF
    let quads = (pairs & 0x0000_FFFF_0000_FFFF) << 12 | (pairs >> 16) & 0x0000_FFFF_0000_FFFF
    return quads << 40 | (quads >> 32) << 16
  }

  /// The reverse of ``pack(_:)``.
  @inline(__always)
  private static func unpack(_ block: UInt64) -> UInt64 {
    let quads = block >> 40 | (block >> 16 & 0xFF_FFFF) << 32
    let pairs = quads >> 12 & 0x0000_0FFF_0000_0FFF | (quads & 0x0000_0FFF_0000_0FFF) << 16
    return pairs >> 6 & 0x003F_003F_003F_003F | (pairs & 0x003F_003F_003F_003F) << 8
  }

  // MARK: All eight bytes of a word at once

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// One in each byte that is at least `limit`, zero in the others. All bytes are below 128, so that no sum carries over.
  @inline(__always)
  private static func atLeast(_ limit: UInt64, _ bytes: UInt64) -> UInt64 {
    (bytes &+ (128 - limit) &* ones) >> 7 & ones
  }

  @inline(__always)
  private static func within(_ range: ClosedRange<UInt64>, _ bytes: UInt64) -> UInt64 {
    atLeast(range.lowerBound, bytes) ^ atLeast(range.upperBound + 1, bytes)
  }

  /// The values of eight characters; the top bit is set for one outside the alphabet.
  @inline(__always)
  private static func sextets(_ characters: UInt64) -> UInt64 {
    let ascii = characters & (0x7F &* ones)
    let (upper, lower, digit) = (within(65...90, ascii), within(97...122, ascii), within(48...57, ascii))
    let (plus, slash) = (within(43...43, ascii), within(47...47, ascii))
    let values = ascii &- (upper &* 65 | lower &* 71) &+ (digit &* 4 | plus &* 19 | slash &* 16)
    let known = upper | lower | digit | plus | slash
    return values | (ones ^ known) << 7 | characters & (0x80 &* ones)
  }

  /// The characters of eight values below 64.
  @inline(__always)
  private static func characters(_ values: UInt64) -> UInt64 {
    // Start at "A" and jump the gaps of the alphabet: to "a" at 26, to "0" at 52, to "+" at 62, to "/" at 63.
    values &+ 65 &* ones &+ atLeast(26, values) &* 6 &- atLeast(52, values) &* 75 &- atLeast(62, values) &* 15
      &+ atLeast(63, values) &* 3
  }
}
