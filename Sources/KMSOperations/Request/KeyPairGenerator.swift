// Where key pairs come from.

public import KMSCrypto
public import KMSDomain

/// Makes key pairs. Slow ones are made away from the threads that serve requests.
public protocol KeyPairGenerator: Sendable {
  /// A fresh pair.
  ///
  /// - Throws: ``Fault/throttled`` when too many pairs are waited for already.
  func keyPair(_ algorithm: KeyPairAlgorithm) async throws(Fault) -> KeyPair
}
