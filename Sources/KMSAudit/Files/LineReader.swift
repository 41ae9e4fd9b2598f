// Reads a file line by line, however long it is, in little memory.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The lines of a file, front to back.
struct LineReader: ~Copyable {
  /// One line.
  struct Line {
    /// Its bytes, without its end.
    let bytes: ArraySlice<UInt8>
    /// Where it begins in the file.
    let start: Int64
    /// Whether it has an end: the last line of a file may lack it.
    let isComplete: Bool
    /// Whether it is longer than any record; `bytes` is its beginning, and nothing is read behind it.
    let isTooLong: Bool

    /// Where the next line begins.
    var next: Int64 { start + Int64(bytes.count) + (isComplete ? 1 : 0) }
  }

  /// No record is longer, in bytes.
  static let maximumLineBytes = 1 << 20
  private static let chunkBytes = 1 << 16

  private let path: String
  private let descriptor: CInt
  private var buffer: [UInt8] = []
  /// The bytes of `buffer` that have been given out.
  private var consumed = 0
  /// Where the next line begins in the file.
  private var offset: Int64 = 0
  private var isAtEnd = false

  /// Opens the file, which must be a regular one.
  init(_ path: String) throws(AuditFailure) {
    descriptor = try Self.regularFile(path)
    self.path = path
  }

  deinit { _ = close(descriptor) }

  /// The next line; nil at the end of the file.
  mutating func next() throws(AuditFailure) -> Line? {
    var searched = consumed
    while true {
      if let end = lineEnd(from: searched) { return take(upTo: end, isComplete: true) }
      searched = buffer.count
      if buffer.count - consumed > Self.maximumLineBytes { return takeTooLong() }
      guard !isAtEnd else { return consumed < buffer.count ? take(upTo: buffer.count, isComplete: false) : nil }
      searched -= consumed
      try fill()
    }
  }

  private func lineEnd(from start: Int) -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, start < bytes.count,
        let found = memchr(base + start, CInt(UInt8(ascii: "\n")), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  private mutating func take(upTo end: Int, isComplete: Bool) -> Line {
    let isTooLong = end - consumed > Self.maximumLineBytes
    let line = Line(bytes: buffer[consumed..<end], start: offset, isComplete: isComplete, isTooLong: isTooLong)
    consumed = end + (isComplete ? 1 : 0)
    offset = line.next
    return line
  }

  private mutating func takeTooLong() -> Line {
    let line = Line(bytes: buffer[consumed...], start: offset, isComplete: false, isTooLong: true)
    consumed = buffer.count
    isAtEnd = true
    return line
  }

  /// Reads more behind what has not been given out.
  private mutating func fill() throws(AuditFailure) {
    let kept = buffer.count - consumed
    var received = 0
    var failure: AuditFailure?
    buffer = [UInt8](unsafeUninitializedCapacity: kept + Self.chunkBytes) { target, count in
      let target = UnsafeMutableRawBufferPointer(target)
      buffer.withUnsafeBytes { target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0.dropFirst(consumed))) }
      let free = UnsafeMutableRawBufferPointer(rebasing: target[kept...])
      repeat { received = read(descriptor, free.baseAddress, Self.chunkBytes) } while received < 0 && errno == EINTR
      if received < 0 { failure = .lastError(path) }
      count = kept + max(received, 0)
    }
    consumed = 0
    if received <= 0 { isAtEnd = true }
    if let failure { throw failure }
  }

  private static func regularFile(_ path: String) throws(AuditFailure) -> CInt {
    // Not blocking, so that a pipe of that name holds up nobody.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw .lastError(path) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let failure = AuditFailure.lastError(path)
      _ = close(descriptor)
      throw failure
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      _ = close(descriptor)
      throw .inaccessible(path: path, reason: "not a regular file")
    }
    return descriptor
  }
}
