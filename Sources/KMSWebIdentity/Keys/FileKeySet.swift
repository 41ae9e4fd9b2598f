// A key set in a file.

import Dispatch
import FoundationEssentials

/// Reads a file on a thread of its own, so that a slow disk keeps nobody waiting who does not need it.
struct FileKeySet: KeySetSource {
  let path: String

  func fetch() async throws -> [UInt8] {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(with: Result(catching: read)) }
    }
  }

  /// Reads the file here and now.
  func read() throws -> [UInt8] {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    guard let size = attributes[.size] as? UInt64 ?? (attributes[.size] as? Int).map(UInt64.init),
      size <= UInt64(KeySetLimits.maximumByteCount)
    else { throw KeySetFailure.tooLarge }
    guard let data = FileManager.default.contents(atPath: path) else { throw KeySetFailure.unreadable }
    guard data.count <= KeySetLimits.maximumByteCount else { throw KeySetFailure.tooLarge }
    return Array(data)
  }
}
