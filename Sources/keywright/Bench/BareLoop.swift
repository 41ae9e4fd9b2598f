// A library call in a loop: what no service around it can be faster than.

import Foundation

/// Repeats some work on threads of its own, and tells how often it was done.
struct BareLoop: Sendable {
  /// How long each loop runs.
  let seconds: Double
  /// How many threads run it.
  let threads: Int

  /// Times `work` was done, a second, by all threads together. A loop ends early when `work` fails.
  func rate(_ work: @escaping @Sendable () throws -> Void) async -> Double {
    await withTaskGroup(of: Double.self) { group in
      for _ in 0..<max(threads, 1) { group.addTask { await loop(work) } }
      return await group.reduce(0, +)
    }
  }

  private func loop(_ work: @escaping @Sendable () throws -> Void) async -> Double {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let start = ContinuousClock.now
        var count = 0
        while ContinuousClock.now - start < .seconds(seconds), (try? work()) != nil { count += 1 }
        continuation.resume(returning: Double(count) / ((ContinuousClock.now - start) / .seconds(1)))
      }
    }
  }
}
