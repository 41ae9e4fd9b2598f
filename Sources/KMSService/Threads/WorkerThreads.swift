// Threads that do what would hold up others.

import Foundation
import KMSDomain

/// Some threads behind a bounded queue. Work that nobody waits for any more is not done.
final class WorkerThreads: Sendable {
  private let queue: JobQueue

  /// Starts the threads; each calls `prepare` first.
  init(_ name: String, count: Int, queueLimit: Int, prepare: @escaping @Sendable () -> Void) {
    let queue = JobQueue(limit: queueLimit)
    self.queue = queue
    for number in 1...max(count, 1) {
      let thread = Thread {
        prepare()
        while let job = queue.next() { job.run() }
      }
      thread.name = "\(name)-\(number)"
      thread.start()
    }
  }

  deinit { queue.close() }

  /// How many jobs wait.
  var waiting: Int { queue.count }

  /// Lets the threads end when they have finished what they are at. What waits is refused.
  func close() { queue.close() }

  /// Does `work` on one of the threads.
  ///
  /// - Throws: ``Fault/throttled`` when the queue is full, or closed; ``Fault/callerGone`` when the task is cancelled.
  func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(Fault) -> Value {
    let job = Job(work)
    let queue = queue
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard job.await(continuation) else { return }
        if !queue.add(job) { job.refuse() }
        // The caller may have gone in between, when there was nothing in the queue to take back.
        if job.isAnswered { queue.remove(job) }
      }
    } onCancel: {
      queue.remove(job)
      job.abandon()
    }
    return try result.get()
  }
}
