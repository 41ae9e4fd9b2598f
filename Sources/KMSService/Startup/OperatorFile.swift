// Files that operators write for the service to believe.

internal import CoreFoundation  // where the compiler finds `stat` once X.509 is linked
public import Foundation

/// What a file says and who has access to it, both of the very file that was opened.
public struct OperatorFile: Sendable {
  /// The bytes of the file.
  public let content: Data
  /// The permissions of the file; none for what is no file, such as a pipe: who has its other end is not for them to say.
  private let permissions: UInt32

  /// Reads a whole file.
  ///
  /// - Throws: what the system says against it.
  public init(path: String) throws {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw CocoaError(.fileReadUnknown) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw CocoaError(.fileReadUnknown) }
    permissions = status.st_mode & S_IFMT == S_IFREG ? UInt32(status.st_mode & 0o777) : 0
    content = try file.readToEnd() ?? Data()
  }

  /// Whether others than the owner can write to it.
  public var isWritableByOthers: Bool { permissions & 0o022 != 0 }

  /// Whether others than the owner can read it.
  public var isReadableByOthers: Bool { permissions & 0o044 != 0 }

  /// The permissions as `chmod` takes them, such as `644`.
  public var mode: String { String(permissions, radix: 8) }
}
