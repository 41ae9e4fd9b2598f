// The directory a store lives in: one process holds it, others may look in beside.

import FoundationEssentials
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A data directory that this process has locked, or uses beside the one that may have.
///
/// The lock is the kernel's (`flock`), so it goes with the process, however that ends. The file stays: removing it
/// would let two processes lock two different files of the same name.
final class DataDirectory: Sendable {
  /// Where it is.
  let path: String
  private let isTemporary: Bool
  /// Whether this process may take itself for the only one.
  let isExclusive: Bool
  /// The open file that holds the lock; nil when there is none, or it has been released.
  private let lock: Mutex<CInt?>

  /// The database file.
  var databasePath: String { path + "/keywright.db" }

  /// Makes the directory if it is missing, for its owner alone, and locks it.
  ///
  /// The mode of a directory that exists is left as it is: it may be shared with other things.
  ///
  /// - Throws: ``StoreLockedError`` or ``StoreOpeningError``.
  convenience init(path: String) throws {
    try self.init(path: path, isTemporary: false)
  }

  /// Names a directory that another process may have locked; takes no lock and makes nothing.
  ///
  /// - Throws: ``StoreOpeningError``.
  init(beside path: String) throws {
    self.path = path
    isTemporary = false
    isExclusive = false
    lock = Mutex(nil)
    // Looked at, not opened: closing it would drop the locks that another store of this process has on it.
    var status = stat()
    guard stat(databasePath, &status) == 0 else {
      throw errno == ENOENT ? StoreOpeningError.missing(path: databasePath) : Self.failure(databasePath)
    }
    guard status.st_size > 0 else { throw StoreOpeningError.missing(path: databasePath) }
    guard access(databasePath, R_OK | W_OK) == 0 else { throw Self.failure(databasePath) }
  }

  /// Makes a directory of its own, which goes when it is released.
  static func temporary() throws -> DataDirectory {
    let parent = FileManager.default.temporaryDirectory.path
    return try DataDirectory(path: "\(parent)/keywright-\(UUID().uuidString.lowercased())", isTemporary: true)
  }

  private init(path: String, isTemporary: Bool) throws {
    try Self.make(path)
    self.path = path
    self.isTemporary = isTemporary
    isExclusive = true
    lock = Mutex(try Self.lock(path + "/lock"))
  }

  deinit { release() }

  /// Lets the next process have the directory. No effect the second time.
  func release() {
    lock.withLock { descriptor in
      guard let held = descriptor else { return }
      if isTemporary { try? FileManager.default.removeItem(atPath: path) }
      _ = close(held)
      descriptor = nil
    }
  }

  /// Makes the database file if it is missing, readable by its owner alone.
  ///
  /// SQLite gives its other files the mode of this one. Call this before SQLite has the file open: closing any
  /// descriptor of a file drops the locks that the process has on it.
  func prepareDatabaseFile() throws {
    let descriptor = open(databasePath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(databasePath) }
    defer { _ = close(descriptor) }
    guard fchmod(descriptor, 0o600) == 0 else { throw Self.failure(databasePath) }
  }

  private static func make(_ path: String) throws {
    if mkdir(path, 0o700) == 0 { return sync(parentOf: path) }
    if errno == ENOENT {
      try make(parent(of: path))
      if mkdir(path, 0o700) == 0 { return sync(parentOf: path) }
    }
    guard errno == EEXIST else { throw failure(path) }
  }

  private static func lock(_ path: String) throws -> CInt {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let error = errno == EWOULDBLOCK ? StoreLockedError(path: path) as any Error : failure(path)
      _ = close(descriptor)
      throw error
    }
    return descriptor
  }

  /// Makes the name of a new directory survive a power cut; where that cannot be asked for, it is not.
  private static func sync(parentOf path: String) {
    let descriptor = open(parent(of: path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    _ = close(descriptor)
  }

  private static func parent(of path: String) -> String {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }

  private static func failure(_ path: String) -> StoreOpeningError {
    .inaccessible(path: path, reason: String(cString: strerror(errno)))
  }
}
