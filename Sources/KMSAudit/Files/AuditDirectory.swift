// The directory that has the files.

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory of audit files.
struct AuditDirectory: Sendable {
  /// Where it is.
  let path: String

  /// The path of one of its files.
  func path(of name: AuditFileName) -> String { "\(path)/\(name)" }

  /// Makes the directory, for its owner alone, if it is missing. The mode of one that exists is left as it is.
  func make() throws(AuditFailure) {
    if mkdir(path, 0o700) == 0 {
      Self.sync(Self.parent(of: path))
    } else if errno != EEXIST {
      throw .lastError(path)
    }
  }

  /// The path of the directory that a path is in, spelled as that path is.
  static func parent(of path: String) -> String {
    URL(filePath: path).deletingLastPathComponent().path(percentEncoded: false)
  }

  /// Whether there is nothing at its path.
  var isMissing: Bool {
    var status = stat()
    return lstat(path, &status) != 0 && errno == ENOENT
  }

  /// Its audit files, in order. Other files are none of its business.
  func files() throws(AuditFailure) -> [AuditFileName] {
    guard let stream = opendir(path) else { throw .lastError(path) }
    defer { closedir(stream) }
    var names: [AuditFileName] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if let name = AuditFileName(name) { names.append(name) }
    }
    guard errno == 0 else { throw .lastError(path) }
    return names.sorted()
  }

  /// How many bytes a file has.
  func size(of name: AuditFileName) throws(AuditFailure) -> Int64 {
    var status = stat()
    guard lstat(path(of: name), &status) == 0 else { throw .lastError(path(of: name)) }
    return Int64(status.st_size)
  }

  /// Makes the names of new files survive a power cut; where that cannot be asked for, it is not.
  func sync() { Self.sync(path) }

  private static func sync(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = fsync(descriptor)
    _ = close(descriptor)
  }
}

extension AuditFailure {
  /// What the last call of the system failed with.
  static func lastError(_ path: String) -> AuditFailure {
    .inaccessible(path: path, reason: String(cString: strerror(errno)))
  }
}
