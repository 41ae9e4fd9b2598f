// Files with a token in them, which others write and renew.

internal import AWSJSON
internal import SecureMemory

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Reads small files.
enum TokenFile {
  /// The longest token that is read, in bytes. STS takes 20,000 characters.
  static let maximumBytes = 1 << 16

  /// The content of the file at `path`, for its new owner to wipe.
  ///
  /// It is read at once, without a thread of its own: only regular files are, no pipes and no devices that could keep
  /// it waiting, and only little of them.
  /// - Throws: `CredentialsError` when there is no such file, or it is too long.
  static func content(of path: String) throws(CredentialsError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(path, "cannot be opened", errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path, "cannot be read", errno) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw CredentialsError("\(path) is not a regular file") }
    var code: Int32 = 0
    // One byte more than allowed tells that there is more.
    var content = [UInt8](unsafeUninitializedCapacity: maximumBytes + 1) { buffer, count in
      while let start = buffer.baseAddress, count < buffer.count {
        let length = read(descriptor, start + count, buffer.count - count)
        if length < 0, errno == EINTR { continue }
        guard length > 0 else {
          code = length < 0 ? errno : 0
          return
        }
        count += length
      }
    }
    guard code == 0, content.count <= maximumBytes else {
      SecretBytes.wipe(&content)
      throw code == 0 ? CredentialsError("\(path) is too long for a token") : failure(path, "cannot be read", code)
    }
    return content
  }

  private static func failure(_ path: String, _ what: String, _ code: Int32) -> CredentialsError {
    CredentialsError("\(path) \(what): \(String(cString: strerror(code)))")
  }
}
