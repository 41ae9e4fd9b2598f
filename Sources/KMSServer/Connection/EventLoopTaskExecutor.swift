// Lets Swift tasks run on an event loop, so that answering a request needs no change of thread.

import NIOCore

/// A task executor that runs its jobs on one event loop.
final class EventLoopTaskExecutor: TaskExecutor {
  private let eventLoop: any EventLoop

  init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    eventLoop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
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
