// RSA key generation, away from the threads that serve requests.

import Foundation
public import KMSCrypto
public import KMSDomain
public import KMSOperations
import Synchronization

/// Makes key pairs: quick ones at once, slow ones on threads of their own at the lowest scheduling priority.
///
/// The threads use whatever the requests leave of the processors. The queue before them is bounded; a pair nobody
/// waits for any more is not made.
public final class GenerationThreads: KeyPairGenerator {
  private let queue: GenerationQueue

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - threads: how many pairs are made at once: one for each processor, unless told.
  ///   - queueLimit: how many pairs may wait. One more is refused with ``Fault/throttled``.
  public init(threads: Int? = nil, queueLimit: Int = 64) {
    let queue = GenerationQueue(limit: queueLimit)
    self.queue = queue
    let count = threads ?? ProcessInfo.processInfo.activeProcessorCount
    for number in 1...max(count, 1) {
      let thread = Thread {
        ThreadPriority.lowerToIdle()
        while let job = queue.next() { job.run() }
      }
      thread.name = "key-pairs-\(number)"
      thread.start()
    }
  }

  deinit { queue.close() }

  /// Lets the threads end when they have finished what they are at. What waits is refused.
  public func close() { queue.close() }

  /// How many pairs wait to be made.
  public var waiting: Int { queue.count }

  public func keyPair(_ algorithm: KeyPairAlgorithm) async throws(Fault) -> KeyPair {
    guard algorithm.isSlow else { return try Self.generate(algorithm).get() }
    let job = GenerationJob { Self.generate(algorithm) }
    let queue = queue
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        guard job.await(continuation) else { return }
        if !queue.add(job) { job.finish(.failure(.throttled)) }
      }
    } onCancel: {
      queue.remove(job)
      // The caller has gone: nobody reads this answer.
      job.finish(.failure(.throttled))
    }
    return try result.get()
  }

  private static func generate(_ algorithm: KeyPairAlgorithm) -> Result<KeyPair, Fault> {
    do {
      return .success(try algorithm.generate())
    } catch {
      return .failure(.internalFailure(error))
    }
  }
}
