// The file that records are added to.

import CFallocate

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file that only grows, and only by whole records. Whoever has it releases it.
struct AuditFile: Sendable {
  /// Which file it is.
  let name: AuditFileName
  /// Where it is.
  let path: String
  /// The end of the last whole record, in bytes.
  private(set) var end: Int64
  /// Up to where the file system has set room aside; nil where it does not do that.
  private(set) var reservedEnd: Int64?
  /// How many bytes are written to find out whether bytes can be written.
  private static let trialBytes = 1 << 16
  /// Less room than this is not worth giving back, in bytes.
  private static let negligibleBytes: Int64 = 1 << 16
  /// There may be something behind the end.
  private var hasRest = false
  /// -1 once it has been released.
  private var descriptor: CInt

  /// Makes a new file, for its owner alone.
  static func create(_ name: AuditFileName, in directory: AuditDirectory) throws(AuditFailure) -> AuditFile {
    let path = directory.path(of: name)
    let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .lastError(path) }
    directory.sync()
    return AuditFile(name: name, path: path, end: 0, descriptor: descriptor)
  }

  /// Opens a file whose last whole record ends at `end`, and cuts off what is behind it.
  static func resume(_ name: AuditFileName, end: Int64, in directory: AuditDirectory) throws(AuditFailure) -> AuditFile
  {
    let path = directory.path(of: name)
    let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw .lastError(path) }
    var file = AuditFile(name: name, path: path, end: end, descriptor: descriptor)
    file.hasRest = true
    do throws(AuditFailure) {
      try file.cutRest()
      try file.sync()
    } catch {
      file.release()
      throw error
    }
    return file
  }

  private init(name: AuditFileName, path: String, end: Int64, descriptor: CInt) {
    self.name = name
    self.path = path
    self.end = end
    self.descriptor = descriptor
    reservedEnd = end
  }

  /// Room that is set aside behind the end, in bytes; nil where the file system does not do that.
  var available: Int64? { reservedEnd.map { max($0 - end, 0) } }

  /// Whether somebody has deleted the file: what is written to it is gone when it is released.
  var isDeleted: Bool {
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_nlink == 0
  }

  /// Adds `text` and has it on disk when it returns. When that fails, the file is as long as before.
  mutating func append(_ text: [UInt8]) throws(AuditFailure) {
    try cutRest()
    hasRest = true
    do throws(AuditFailure) {
      try write(text)
      try sync()
    } catch {
      // If this fails too, the next call tries again before it writes.
      try? cutRest()
      throw error
    }
    hasRest = false
    end += Int64(text.count)
  }

  /// Sets room aside for `count` bytes behind the end. Where the file system cannot, ``reservedEnd`` becomes nil.
  mutating func reserve(_ count: Int64) throws(AuditFailure) {
    guard let reservedEnd, reservedEnd < end + count else { return }
    let start = max(reservedEnd, end)
    switch cfallocate_keep_size(descriptor, off_t(start), off_t(end + count - start)) {
    case 0: self.reservedEnd = end + count
    case EOPNOTSUPP, ENOSYS: self.reservedEnd = nil
    case let error: throw .inaccessible(path: path, reason: String(cString: strerror(error)))
    }
  }

  /// Gives back room that is set aside for more than `count` bytes behind the end, and what an attempt to set room aside
  /// may have left when it failed.
  ///
  /// A file system takes back only all that is behind the end. So what is kept is set aside anew, and is lost if
  /// somebody else takes all the room of the disk in between.
  mutating func giveBack(beyond count: Int64) {
    guard let reservedEnd, let available else { return }
    let kept = min(available, count)
    guard available - kept >= Self.negligibleBytes || hasMore(than: reservedEnd) else { return }
    hasRest = true
    do throws(AuditFailure) {
      try cutRest()
      try reserve(kept)
    } catch {
      // What is available now says it.
    }
  }

  /// Whether the file takes up clearly more room than `bytes`.
  private func hasMore(than bytes: Int64) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    return Int64(status.st_blocks) * 512 - bytes >= Self.negligibleBytes
  }

  /// Finds out whether `count` bytes could be written now: sets room aside for them. Where the file system cannot, it
  /// writes some bytes and takes them back.
  mutating func probe(_ count: Int) throws(AuditFailure) {
    try cutRest()
    try reserve(Int64(count))
    guard reservedEnd == nil else { return }
    hasRest = true
    defer { try? cutRest() }
    try write([UInt8](repeating: UInt8(ascii: " "), count: min(count, Self.trialBytes)))
    try sync()
  }

  /// Gives back the room that was set aside, and lets go of the file. No effect the second time.
  mutating func release() {
    guard descriptor >= 0 else { return }
    hasRest = true
    try? cutRest()
    _ = close(descriptor)
    descriptor = -1
  }

  /// Takes a file away that has no records yet, and lets go of it.
  mutating func remove() {
    _ = unlink(path)
    release()
  }

  /// Cuts off what is behind the end, the room set aside there included.
  private mutating func cutRest() throws(AuditFailure) {
    guard hasRest else { return }
    guard ftruncate(descriptor, off_t(end)) == 0 else { throw .lastError(path) }
    hasRest = false
    if reservedEnd != nil { reservedEnd = end }
  }

  private func write(_ text: [UInt8]) throws(AuditFailure) {
    var written = 0
    while written < text.count {
      let count = text.withUnsafeBytes { bytes in
        let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(written))
        return pwrite(descriptor, rest.baseAddress, rest.count, off_t(end) + off_t(written))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .lastError(path) }
      written += count
    }
  }

  private func sync() throws(AuditFailure) {
    #if canImport(Darwin)
      // fsync does not reach the disk itself there.
      guard fcntl(descriptor, F_FULLFSYNC) == 0 || fsync(descriptor) == 0 else { throw .lastError(path) }
    #else
      guard fdatasync(descriptor) == 0 else { throw .lastError(path) }
    #endif
  }
}
