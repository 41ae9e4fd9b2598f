// Asynchronous work done to its end on one thread.

import Foundation

/// Work that is asynchronous in form only, and that the thread which asks for its value does itself.
///
/// Libraries whose verification is `async` would otherwise compute on the few threads that serve requests.
final class ThreadBoundWork<Value: Sendable>: TaskExecutor, @unchecked Sendable {
  // Sound as Sendable: `jobs` and `value` are touched only while `condition` is locked.
  private let condition = NSCondition()
  private var jobs: [UnownedJob] = []
  private var value: Value?

  private enum Step {
    case job(UnownedJob)
    case end(Value)
  }

  private init() {}

  /// Does `work` on the calling thread, which waits when the work does.
  static func run(_ work: @escaping @Sendable () async -> Value) -> Value {
    let bound = ThreadBoundWork()
    Task(executorPreference: bound) { bound.finish(await work()) }
    while true {
      switch bound.next() {
      case .job(let job): job.runSynchronously(on: bound.asUnownedTaskExecutor())
      case .end(let value): return value
      }
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    condition.withLock {
      jobs.append(job)
      condition.signal()
    }
  }

  private func finish(_ value: Value) {
    condition.withLock {
      self.value = value
      condition.signal()
    }
  }

  /// What is to be done next. Nothing is left undone: the end comes after every job.
  private func next() -> Step {
    condition.withLock {
      while true {
        if !jobs.isEmpty { return .job(jobs.removeFirst()) }
        if let value { return .end(value) }
        condition.wait()
      }
    }
  }
}
