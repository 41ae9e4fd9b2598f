// Pairs that wait to be made, first come first served.

import Foundation
import KMSDomain

/// A bounded queue between requests and the generation threads.
final class GenerationQueue: @unchecked Sendable {
  // Sound as Sendable: `jobs` and `isClosed` are touched only while `condition` is locked.
  private let condition = NSCondition()
  private var jobs: [GenerationJob] = []
  private var isClosed = false
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  /// How many jobs wait.
  var count: Int { condition.withLock { jobs.count } }

  /// Adds a job; false when the queue is full or closed.
  func add(_ job: GenerationJob) -> Bool {
    condition.withLock {
      guard !isClosed, jobs.count < limit else { return false }
      jobs.append(job)
      condition.signal()
      return true
    }
  }

  /// Takes a job back if it still waits.
  func remove(_ job: GenerationJob) {
    condition.withLock { jobs.removeAll { $0 === job } }
  }

  /// The next job, waiting for one; nil once the queue is closed.
  func next() -> GenerationJob? {
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
    for job in refused { job.finish(.failure(.throttled)) }
  }
}
