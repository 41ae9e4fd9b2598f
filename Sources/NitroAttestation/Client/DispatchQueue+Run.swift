// Where work runs that blocks or takes long: tasks' threads must not.

internal import Dispatch

extension DispatchQueue {
  /// Runs `work` on the queue and waits for it without holding a thread.
  func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
    await withCheckedContinuation { continuation in
      async { continuation.resume(returning: work()) }
    }
  }
}
