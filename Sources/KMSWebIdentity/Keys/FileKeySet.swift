// A key set in a file.

import Dispatch
import Foundation

/// Reads a file on a thread of its own, so that a slow disk keeps nobody waiting who does not need it.
struct FileKeySet: KeySetSource {
  let path: String

  func fetch() async throws -> [UInt8] {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result(catching: read)) }
    }
  }

  /// Reads the file here and now, unless others than its owner can write to it: they could say whose tokens are believed.
  func read() throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw KeySetFailure.unreadable }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw KeySetFailure.unreadable }
    // What is no file, such as a pipe, has another mode to say who has it.
    guard status.st_mode & S_IFMT != S_IFREG || status.st_mode & 0o022 == 0 else {
      throw KeySetFailure.writableByOthers
    }
    guard let data = try file.read(upToCount: KeySetLimits.maximumByteCount + 1) else { return [] }
    guard data.count <= KeySetLimits.maximumByteCount else { throw KeySetFailure.tooLarge }
    return Array(data)
  }
}
