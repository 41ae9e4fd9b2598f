// Cryptography that takes long, where it holds up nobody and nothing has to be stopped.

internal import Dispatch
internal import KMSCrypto
internal import KMSDomain
internal import KMSOperations

/// Does slow cryptography on threads of Dispatch's, which come and go, at the priority of everything else: a test that
/// waits for an RSA key must not wait until the machine has nothing else to do.
struct DispatchedCryptography: SlowCryptography {
  private let queue = DispatchQueue(label: "keywright.testing.cryptography", attributes: .concurrent)

  func keyPair(_ algorithm: KeyPairAlgorithm) async throws(Fault) -> KeyPair {
    let generate: @Sendable () -> Result<KeyPair, CryptoError> = {
      Result { () throws(CryptoError) in try algorithm.generate() }
    }
    switch algorithm.isSlow ? try await run(generate) : generate() {
    case .success(let pair): return pair
    case .failure(let error): throw .internalFailure(error)
    }
  }

  func runLong<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(Fault) -> Value {
    try await run(work)
  }

  func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(Fault) -> Value {
    await withCheckedContinuation { continuation in
      queue.async { continuation.resume(returning: work()) }
    }
  }

  /// At once: a test has nobody else to hold up.
  func verify<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async throws(Fault) -> Value {
    await work()
  }
}
