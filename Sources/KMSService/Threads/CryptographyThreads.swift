// Cryptography that takes long, away from the threads that serve requests.

import Foundation
public import KMSCrypto
public import KMSDomain
public import KMSOperations

/// Makes key pairs and uses private keys: quickly done things at once, slow ones on threads of their own.
///
/// Pairs, which take up to seconds, are made at the lowest scheduling priority, of what the requests leave of the
/// processors. Private keys, which take milliseconds, are used at a priority somewhat below that of the requests. The
/// queue before each is bounded.
public final class CryptographyThreads: SlowCryptography {
  private let pairs: WorkerThreads
  private let privateKeys: WorkerThreads

  /// How many uses of private keys may wait.
  private static let privateKeyQueueLimit = 1024

  /// Starts the threads.
  ///
  /// - Parameters:
  ///   - threads: how many things of each kind are done at once: one for each processor, unless told.
  ///   - queueLimit: how many pairs may wait. One more is refused with ``Fault/throttled``.
  public init(threads: Int? = nil, queueLimit: Int = 64) {
    let count = threads ?? ProcessInfo.processInfo.activeProcessorCount
    pairs = WorkerThreads("key-pairs", count: count, queueLimit: queueLimit, prepare: ThreadPriority.lowerToIdle)
    privateKeys = WorkerThreads(
      "private-keys", count: count, queueLimit: Self.privateKeyQueueLimit, prepare: ThreadPriority.lower)
  }

  /// Lets the threads end when they have finished what they are at. What waits is refused.
  public func close() {
    pairs.close()
    privateKeys.close()
  }

  /// How many pairs wait to be made.
  public var waitingPairs: Int { pairs.waiting }

  public func keyPair(_ algorithm: KeyPairAlgorithm) async throws(Fault) -> KeyPair {
    let result: Result<KeyPair, CryptoError>
    if algorithm.isSlow {
      result = try await pairs.run { Self.generate(algorithm) }
    } else {
      result = Self.generate(algorithm)
    }
    switch result {
    case .success(let pair): return pair
    case .failure(let error): throw .internalFailure(error)
    }
  }

  public func use<Value: Sendable>(
    _ key: AsymmetricKeyMaterial, _ work: @escaping @Sendable (AsymmetricKeyMaterial) throws(CryptoError) -> Value
  ) async throws(Fault) -> Result<Value, CryptoError> {
    guard key.algorithm.hasSlowPrivateKey else { return Self.result(of: work, key) }
    return try await privateKeys.run { Self.result(of: work, key) }
  }

  private static func generate(_ algorithm: KeyPairAlgorithm) -> Result<KeyPair, CryptoError> {
    do throws(CryptoError) {
      return .success(try algorithm.generate())
    } catch {
      return .failure(error)
    }
  }

  private static func result<Value>(
    of work: (AsymmetricKeyMaterial) throws(CryptoError) -> Value, _ key: AsymmetricKeyMaterial
  ) -> Result<Value, CryptoError> {
    do throws(CryptoError) {
      return .success(try work(key))
    } catch {
      return .failure(error)
    }
  }
}
