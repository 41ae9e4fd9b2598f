// Lets Swift tasks run on an event loop, so that answering a request needs no change of thread.

import NIOCore
import NIOPosix
import Synchronization

/// A task executor that runs its jobs on one event loop.
///
/// Requests that waited for one thing, such as a group of audit records, go on together: jobs that come while others
/// wait for their turn share it, and the event loop is woken once for all of them.
final class EventLoopTaskExecutor: TaskExecutor {
  private static let ofThread = ThreadSpecificVariable<EventLoopTaskExecutor>()

  private let eventLoop: any EventLoop
  private let jobs = Mutex<[UnownedJob]>([])

  private init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

  /// The executor that all connections of an event loop share. To be called on the event loop.
  static func shared(on eventLoop: any EventLoop) -> EventLoopTaskExecutor {
    if let executor = ofThread.currentValue, executor.eventLoop === eventLoop { return executor }
    let executor = EventLoopTaskExecutor(eventLoop)
    ofThread.currentValue = executor
    return executor
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let isFirst = jobs.withLock { jobs in
      jobs.append(job)
      return jobs.count == 1
    }
    if isFirst { eventLoop.execute { self.runJobs() } }
  }

  private func runJobs() {
    let executor = asUnownedTaskExecutor()
    let due = jobs.withLock { jobs in
      defer { jobs = [] }
      return jobs
    }
    for job in due { job.runSynchronously(on: executor) }
  }

  /// Starts `operation` as a task of this executor. To be called on the event loop.
  ///
  /// Where the system can, the task runs at once, up to its first suspension: an operation that never suspends is
  /// finished when this returns, without having been queued.
  func start(_ operation: sending @escaping @isolated(any) () async -> Void) -> Task<Void, Never> {
    if #available(macOS 26, *) { return Task.immediate(executorPreference: self, operation: operation) }
    return Task(executorPreference: self, operation: operation)
  }
}
