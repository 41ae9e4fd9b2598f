// A key in a file that only the service's user can read: the root key, or that of the audit trail.

internal import CoreFoundation  // where the compiler finds `stat` once X.509 is linked
import Foundation
public import SecureMemory

/// A 32-byte key in a 0600 file: the root key, or that of the audit trail.
public struct RootKeyFile: Sendable {
  /// Where the file is.
  public let path: String

  /// Names the file.
  public init(path: String) {
    self.path = path
  }

  /// Why a root key file cannot be used.
  public enum Failure: Error, CustomStringConvertible {
    case missing(path: String)
    case openToOthers(path: String, mode: UInt32)
    case wrongSize(path: String, count: Int)
    case unusable(path: String, reason: String)

    /// One line for the operator.
    public var description: String {
      switch self {
      case .missing(let path): "the key file \(path) is missing: without it this store cannot be used"
      case .openToOthers(let path, let mode):
        "the key file \(path) has mode \(String(mode, radix: 8)): only its owner may have access (chmod 600)"
      case .wrongSize(let path, let count): "the key file \(path) has \(count) bytes instead of 32"
      case .unusable(let path, let reason): "the key file \(path) cannot be used: \(reason)"
      }
    }
  }

  /// Whether there is anything under the path.
  public var exists: Bool { access(path, F_OK) == 0 }

  /// Reads the key, after checking that nobody else can.
  public func load() throws(Failure) -> SecretBytes {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .missing(path: path) : .unusable(path: path, reason: Self.lastError)
    }
    defer { Foundation.close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unusable(path: path, reason: Self.lastError) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unusable(path: path, reason: "not a regular file") }
    guard status.st_mode & 0o077 == 0 else { throw .openToOthers(path: path, mode: status.st_mode & 0o777) }
    guard status.st_size == 32 else { throw .wrongSize(path: path, count: Int(status.st_size)) }
    let path = path
    return try SecretBytes(count: 32) { buffer throws(Failure) in
      guard read(descriptor, buffer.baseAddress, 32) == 32 else {
        throw .unusable(path: path, reason: Self.lastError)
      }
    }
  }

  /// Writes a new key, durably, unless there is one already.
  public func create(_ key: SecretBytes) throws(Failure) {
    do {
      try PrivateFile.write(key, to: path, replacing: false)
    } catch {
      throw .unusable(path: path, reason: error.description)
    }
  }

  private static var lastError: String { String(cString: strerror(errno)) }
}
