// Files for secrets: readable by their owner only, whole or not there at all, on disk before anyone relies on them.

import Foundation
public import SecureMemory

/// Writes files that hold secrets.
public enum PrivateFile {
  /// Why a file could not be written.
  public struct Failure: Error, CustomStringConvertible {
    /// One line for the operator.
    public let description: String
  }

  /// Writes `secret` to a 0600 file through a temporary one, and syncs both the file and its folder.
  public static func write(_ secret: SecretBytes, to path: String, replacing: Bool) throws(Failure) {
    let temporary = path + ".new"
    unlink(temporary)
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw lastError("create \(temporary)") }
    let written = secret.withUnsafeBytes { bytes in
      Foundation.write(descriptor, bytes.baseAddress, bytes.count) == bytes.count && fsync(descriptor) == 0
    }
    close(descriptor)
    guard written else {
      let failure = lastError("write \(temporary)")
      unlink(temporary)
      throw failure
    }
    if replacing {
      guard rename(temporary, path) == 0 else { throw lastError("rename to \(path)") }
    } else {
      // A hard link fails when the name is taken, which a rename would silently overwrite.
      let linked = link(temporary, path) == 0
      let failure = lastError("create \(path)")
      unlink(temporary)
      guard linked else { throw failure }
    }
    let folder = open(folder(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw lastError("open the folder of \(path)") }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw lastError("sync the folder of \(path)") }
  }

  /// Where a file is, in the very bytes of its path: a URL would write some of them as percent signs and digits.
  private static func folder(of path: String) -> String {
    let bytes = path.utf8
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == bytes.startIndex ? "/" : String(decoding: bytes[..<slash], as: UTF8.self)
  }

  private static func lastError(_ action: String) -> Failure {
    Failure(description: "cannot \(action): \(String(cString: strerror(errno)))")
  }
}
