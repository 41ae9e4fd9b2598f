// An open file, as the system's calls see it.

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A file descriptor that is closed when nobody has it any more.
final class OpenFile: Sendable {
  private let descriptor: CInt

  /// Opens a file to read it.
  ///
  /// - Throws: ``EnvelopeError/io(_:)``.
  convenience init(reading path: String) throws(EnvelopeError) {
    try self.init(path, flags: O_RDONLY, as: "open the source")
  }

  /// Opens a file or folder; `purpose` says in an error what it was opened for.
  init(_ path: String, flags: CInt, mode: mode_t = 0, as purpose: String) throws(EnvelopeError) {
    descriptor = Self.retrying { open(path, flags | O_CLOEXEC, mode) }
    guard descriptor >= 0 else { throw Self.failure(purpose) }
  }

  deinit {
    // An opening that failed comes here, too.
    if descriptor >= 0 { close(descriptor) }
  }

  /// The bytes that come next, at most `limit`; none at the end.
  ///
  /// - Throws: ``EnvelopeError/io(_:)``.
  func read(upTo limit: Int = 65_536) throws(EnvelopeError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: limit)
    let count = bytes.withUnsafeMutableBytes { buffer in
      Self.retrying { systemRead(descriptor, buffer.baseAddress, buffer.count) }
    }
    guard count >= 0 else { throw Self.failure("read the source") }
    bytes.removeLast(limit - count)
    return bytes
  }

  /// Writes all of `bytes`.
  ///
  /// - Throws: ``EnvelopeError/io(_:)``.
  func write(_ bytes: UnsafeRawBufferPointer) throws(EnvelopeError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let count = Self.retrying { systemWrite(descriptor, piece.baseAddress, piece.count) }
      guard count >= 0 else { throw Self.failure("write the target") }
      rest = rest.dropFirst(count)
    }
  }

  /// Waits until everything written has reached the disk.
  ///
  /// - Throws: ``EnvelopeError/io(_:)``.
  func synchronize() throws(EnvelopeError) {
    guard Self.retrying({ fsync(descriptor) }) == 0 else { throw Self.failure("synchronize the target") }
  }

  /// The system's last error, with what was tried but without a path.
  static func failure(_ action: String) -> EnvelopeError {
    .io("cannot \(action): \(String(cString: strerror(errno)))")
  }

  /// Calls again what a signal has interrupted.
  private static func retrying<Count: SignedInteger>(_ call: () -> Count) -> Count {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}

// The methods above hide the system's functions of the same names.
private func systemRead(_ descriptor: CInt, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}

private func systemWrite(_ descriptor: CInt, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
