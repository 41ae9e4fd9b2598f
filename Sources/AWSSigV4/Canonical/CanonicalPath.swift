// The path line of the canonical request.

extension [UInt8] {
  /// Appends the canonical form of the path in `range`: every byte but `/` and the unreserved ones percent-encoded as it
  /// stands, so that a path encoded for the wire is encoded a second time, as services other than S3 want it.
  ///
  /// - Parameter normalizing: removes empty, `.` and `..` segments first.
  mutating func append(canonicalPath bytes: Span<UInt8>, in range: Range<Int>, normalizing: Bool) {
    guard !range.isEmpty else { return append(UInt8(ascii: "/")) }
    guard normalizing else { return append(pathBytes: bytes, in: range) }

    let origin = count
    var segmentStarts: [Int] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = bytes.firstIndex(of: UInt8(ascii: "/"), in: start..<range.upperBound) ?? range.upperBound
      let segment = start..<end
      if bytes.matches("..", in: segment) {
        if let last = segmentStarts.popLast() { removeLast(count - last) }
      } else if !segment.isEmpty, !bytes.matches(".", in: segment) {
        segmentStarts.append(count)
        append(UInt8(ascii: "/"))
        append(pathBytes: bytes, in: segment)
      }
      start = end + 1
    }
    if count == origin || bytes[range.upperBound - 1] == UInt8(ascii: "/") { append(UInt8(ascii: "/")) }
  }

  private mutating func append(pathBytes bytes: Span<UInt8>, in range: Range<Int>) {
    for index in range {
      let byte = bytes[index]
      if byte == UInt8(ascii: "/") { append(byte) } else { append(percentEncoded: byte) }
    }
  }
}
