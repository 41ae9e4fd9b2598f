// Where file operations run: they block, and tasks' threads must not.

internal import Dispatch
internal import Synchronization

/// A queue for the file operations of one call, one after the other.
struct FileQueue: Sendable {
  private let queue = DispatchQueue(label: "keywright.envelope.files")

  /// Runs `work` on the queue. It is told whether the task that waits for it has been cancelled.
  func run<Value: Sendable>(
    _ work: @escaping @Sendable (CancellationFlag) throws(EnvelopeError) -> Value
  ) async throws(EnvelopeError) -> Value {
    let flag = CancellationFlag()
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, EnvelopeError>, Never>) in
        queue.async {
          continuation.resume(returning: Result { () throws(EnvelopeError) in try work(flag) })
        }
      }
    } onCancel: {
      flag.set()
    }
    return try result.get()
  }
}

/// Whether work on another thread is still wanted.
final class CancellationFlag: Sendable {
  private let isSet = Atomic(false)

  func set() { isSet.store(true, ordering: .relaxed) }

  /// - Throws: ``EnvelopeError/cancelled`` when the work is not wanted any more.
  func check() throws(EnvelopeError) {
    if isSet.load(ordering: .relaxed) { throw .cancelled }
  }
}
