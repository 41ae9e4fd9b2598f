// Standard input as an asynchronous sequence.

import Foundation

/// The pieces of standard input, as they come.
struct StandardInput: AsyncSequence, AsyncIteratorProtocol {
  func makeAsyncIterator() -> StandardInput { self }

  /// The next piece; nil at the end.
  func next() async throws -> [UInt8]? {
    try await withCheckedThrowingContinuation { continuation in
      // Reading waits for whoever writes, which must not hold up Swift's own threads.
      DispatchQueue.global().async {
        continuation.resume(
          with: Result {
            let piece = try FileHandle.standardInput.read(upToCount: 1 << 16) ?? Data()
            return piece.isEmpty ? nil : Array(piece)
          })
      }
    }
  }
}
