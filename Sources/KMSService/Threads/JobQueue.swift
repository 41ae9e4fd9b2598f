// Jobs that wait for a thread, first come first served.

import Foundation

/// A bounded queue between requests and threads.
final class JobQueue: @unchecked Sendable {
  // Sound as Sendable: `jobs` and `isClosed` are touched only while `condition` is locked.
  private let condition = NSCondition()
  private var jobs: [any QueuedJob] = []
  private var isClosed = false
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// How many jobs wait.
  var count: Int { condition.withLock { jobs.count } }

  /// Adds a job; false when the queue is full or closed.
  func add(_ job: any QueuedJob) -> Bool {
    condition.withLock {
      guard !isClosed, jobs.count < limit else { return false }
      jobs.append(job)
      condition.signal()
      return true
    }
  }

  /// Takes a job back if it still waits.
  func remove(_ job: any QueuedJob) {
    condition.withLock { jobs.removeAll { $0 === job } }
  }

  /// The next job, waiting for one; nil once the queue is closed.
  func next() -> (any QueuedJob)? {
    condition.withLock {
      while jobs.isEmpty, !isClosed { condition.wait() }
      return isClosed ? nil : jobs.removeFirst()
    }
  }

  /// Refuses what waits and what comes.
  func close() {
    let refused = condition.withLock {
      isClosed = true
      condition.broadcast()
      defer { jobs = [] }
      return jobs
    }
    for job in refused { job.refuse() }
  }
}
