// Compression in gzip's format (RFC 1952), by zlib.

internal import CZlib

enum GZip {
  /// zlib's number for the largest window, and what it adds for gzip's header and trailer.
  private static let windowBits: Int32 = 15 + 16
  private static let streamSize = Int32(MemoryLayout<z_stream>.size)

  /// `body`, compressed; nil when zlib fails.
  @Sendable static func compress(_ body: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard
      deflateInit2_(
        &stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, streamSize) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    let bound = Int(deflateBound(&stream, uLong(body.count)))
    return run(&stream, body, room: bound) { deflate(&$0, Z_FINISH) }
  }

  /// What `body` was before it was compressed; nil when it is not in gzip's format, or too long for a test.
  static func decompress(_ body: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, streamSize) == Z_OK else { return nil }
    defer { inflateEnd(&stream) }
    return run(&stream, body, room: 1 << 20) { inflate(&$0, Z_FINISH) }
  }

  /// Passes all of `input` through `stream`; nil when what comes out needs more `room`, or something is left.
  private static func run(
    _ stream: inout z_stream, _ input: [UInt8], room: Int, _ step: (inout z_stream) -> Int32
  ) -> [UInt8]? {
    var input = input
    let count = input.count
    var output = [UInt8](repeating: 0, count: room)
    let isDone = input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = uInt(count)
        stream.next_out = output.baseAddress
        stream.avail_out = uInt(room)
        return step(&stream) == Z_STREAM_END && stream.avail_in == 0
      }
    }
    return isDone ? Array(output.prefix(Int(stream.total_out))) : nil
  }
}
