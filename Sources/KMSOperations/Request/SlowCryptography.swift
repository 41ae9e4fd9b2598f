// Cryptography that would hold up other requests.

public import KMSCrypto
public import KMSDomain

/// Does cryptography; what takes long, away from the threads that serve requests.
public protocol SlowCryptography: Sendable {
  /// A fresh key pair.
  ///
  /// - Throws: ``Fault/throttled`` when too many pairs are waited for already.
  func keyPair(_ algorithm: KeyPairAlgorithm) async throws(Fault) -> KeyPair

  /// Does work that takes about as long as making a pair, behind the pairs that wait.
  ///
  /// - Throws: ``Fault/throttled`` when too much is waited for already.
  func runLong<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(Fault) -> Value

  /// Does work of a millisecond or more.
  ///
  /// - Throws: ``Fault/throttled`` when too much is waited for already.
  func run<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async throws(Fault) -> Value

  /// Does work of some milliseconds that is asked for before permission is decided on, apart from all other work:
  /// whoever may do nothing must hold up nobody. The work is asynchronous in form only.
  ///
  /// - Throws: ``Fault/throttled`` when too much is waited for already.
  func verify<Value: Sendable>(_ work: @escaping @Sendable () async -> Value) async throws(Fault) -> Value
}

extension SlowCryptography {
  /// What `work` makes of a private key.
  ///
  /// - Throws: ``Fault/throttled`` when too much is waited for already; what `work` throws is in the result.
  func use<Value: Sendable>(
    _ key: AsymmetricKeyMaterial, _ work: @escaping @Sendable (AsymmetricKeyMaterial) throws(CryptoError) -> Value
  ) async throws(Fault) -> Result<Value, CryptoError> {
    guard key.algorithm.hasSlowPrivateKey else { return Result { () throws(CryptoError) in try work(key) } }
    return try await run { Result { () throws(CryptoError) in try work(key) } }
  }
}
