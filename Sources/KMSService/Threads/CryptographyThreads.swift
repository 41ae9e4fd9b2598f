// Cryptography that takes long, away from the threads that serve requests.

import Foundation
public import KMSCrypto
public import KMSDomain
public import KMSOperations

/// Makes slow key pairs, and does other slow cryptography, on threads of its own; quick pairs at once.
///
/// Pairs, which take up to seconds, are made at the lowest scheduling priority, of what the requests leave of the
/// processors. The rest, which takes milliseconds, is done at a priority somewhat below that of the requests;
/// verifications, which need no permission, on half as many threads of their own. The queue before each is bounded.
public final class CryptographyThreads: SlowCryptography {
  private let pairs: WorkerThreads
  private let operations: WorkerThreads
  private let verifications: WorkerThreads

  /// How much besides pairs may wait.
  private static let operationQueueLimit = 1024
  /// How many verifications may wait: about a second's work for one thread.
  private static let verificationQueueLimit = 128

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - threads: how many things of each kind are done at once: one for each processor, unless told.
  ///   - queueLimit: how many pairs may wait. One more is refused with ``Fault/throttled``.
  public init(threads: Int? = nil, queueLimit: Int = 64) {
    let count = threads ?? ProcessInfo.processInfo.activeProcessorCount
    pairs = WorkerThreads("key-pairs", count: count, queueLimit: queueLimit, prepare: ThreadPriority.lowerToIdle)
    operations = WorkerThreads(
      "cryptography", count: count, queueLimit: Self.operationQueueLimit, prepare: ThreadPriority.lower)
    verifications = WorkerThreads(
      "verification", count: (count + 1) / 2, queueLimit: Self.verificationQueueLimit,
      prepare: ThreadPriority.lower)
  }

  /// Lets the threads end when they have finished what they are at. What waits is refused.
  public func close() {
    pairs.close()
    operations.close()
    verifications.close()
  }

  /// How many pairs wait to be made.
  public var waitingPairs: Int { pairs.waiting }
  /// How many verifications wait to be done.
  public var waitingVerifications: Int { verifications.waiting }

  public func keyPair(_ algorithm: KeyPairAlgorithm) async throws(Fault) -> KeyPair {
    let generate: @Sendable () -> Result<KeyPair, CryptoError> = {
      Result { () throws(CryptoError) in try algorithm.generate() }
    }
    let result = algorithm.isSlow ? try await pairs.run(generate) : generate()
    switch result {
    case .success(let pair): return pair
    case .failure(let error): throw .internalFailure(error)
    }
  }

  public func runLong<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(Fault) -> Value {
    try await pairs.run(work)
  }

  public func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(Fault) -> Value {
    try await operations.run(work)
  }

  public func verify<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async throws(Fault) -> Value {
    try await verifications.run { ThreadBoundWork.run(work) }
  }
}
