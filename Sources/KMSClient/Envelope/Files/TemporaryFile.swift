// A file that is either complete under its name, or not there.

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// A file beside its target that becomes the target when it is complete, and is removed when it never is.
final class TemporaryFile {
  private let target: String
  private let folder: OpenFile
  private let path: String
  private let file: OpenFile
  private var isCommitted = false

  /// Makes an empty file in the target's folder that only this user can read and write, under a name not yet taken.
  ///
  /// - Throws: ``EnvelopeError/io(_:)``.
  init(for target: String) throws(EnvelopeError) {
    self.target = target
    let folderPath = target.lastIndex(of: "/").map { String(target[...$0]) } ?? "./"
    // Before anything is written: a folder that cannot be synchronized later would leave a target that is not durable.
    folder = try OpenFile(folderPath, flags: O_RDONLY | O_DIRECTORY, as: "open the target's folder")
    path = folderPath + ".envelope-" + String(UInt64.random(in: .min ... .max), radix: 16)
    file = try OpenFile(path, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o600, as: "create the target")
  }

  deinit {
    if !isCommitted { unlink(path) }
  }

  /// Adds to the file.
  ///
  /// - Throws: ``EnvelopeError/io(_:)``.
  func write(_ bytes: UnsafeRawBufferPointer) throws(EnvelopeError) {
    try file.write(bytes)
  }

  /// Adds to the file.
  ///
  /// - Throws: ``EnvelopeError/io(_:)``.
  func write(_ bytes: [UInt8]) throws(EnvelopeError) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(EnvelopeError) in try write(UnsafeRawBufferPointer(bytes)) }
  }

  /// Puts the file in the target's place, with everything on the disk: first the contents, then the name.
  ///
  /// A symbolic link at the target is replaced, not followed. When only the last step fails, the target is complete,
  /// but may have its old contents again after a loss of power.
  /// - Throws: ``EnvelopeError/io(_:)``.
  func commit() throws(EnvelopeError) {
    try file.synchronize()
    guard rename(path, target) == 0 else { throw OpenFile.failure("rename the target") }
    isCommitted = true
    try folder.synchronize()
  }
}
