// Reads the shared files: whole, bounded, and into memory that is wiped.

internal import NIOPosix
internal import SecureMemory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A source of the content of shared files.
protocol SharedFileReader: Sendable {
  /// The whole content of the file at `path`; nil when there is none.
  func content(of path: String) async throws(ConfigurationError) -> SecretBytes?
}

/// The file system.
///
/// Home directories can be on a network, so files are read on SwiftNIO's threads for blocking work.
struct FileSystem: SharedFileReader {
  /// The largest file that is read, in bytes.
  static let maximumBytes = 1 << 20

  func content(of path: String) async throws(ConfigurationError) -> SecretBytes? {
    let result: Result<SecretBytes?, ConfigurationError>
    do {
      result = try await NIOThreadPool.singleton.runIfActive {
        Result { () throws(ConfigurationError) in try Self.read(path) }
      }
    } catch {
      throw .sharedFile(path: path, line: nil, reason: "cancelled while it was to be read")
    }
    return try result.get()
  }

  private static func read(_ path: String) throws(ConfigurationError) -> SecretBytes? {
    // A file below a directory that may not be entered is as good as none: services often run with another user's HOME.
    var status = stat()
    guard stat(path, &status) == 0 else {
      guard [ENOENT, ENOTDIR, EACCES].contains(errno) else { throw failure(path, errno) }
      return nil
    }
    // A pipe that nobody writes to must not hold the thread.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path, errno) }
    defer { close(descriptor) }

    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: maximumBytes + 1, alignment: 16)
    var count = 0
    defer {
      SecretBytes.wipe(UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
      buffer.deallocate()
    }
    while count < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      let length = systemRead(descriptor, rest)
      if length == 0 { break }
      if length > 0 { count += length } else if errno != EINTR { throw failure(path, errno) }
    }
    guard count <= maximumBytes else {
      throw .sharedFile(path: path, line: nil, reason: "it is larger than \(maximumBytes) bytes")
    }
    return SecretBytes(copying: UnsafeRawBufferPointer(rebasing: buffer[..<count]))
  }

  private static func failure(_ path: String, _ code: CInt) -> ConfigurationError {
    .sharedFile(path: path, line: nil, reason: "it cannot be read: \(String(cString: strerror(code)))")
  }
}

/// The system's `read`, under a name that the method above does not hide.
private func systemRead(_ descriptor: CInt, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
  read(descriptor, buffer.baseAddress, buffer.count)
}
