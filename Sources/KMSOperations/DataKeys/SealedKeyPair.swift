// What the two GenerateDataKeyPair operations share: the rules, a fresh pair, and its sealed private half.

import KMSAccess
import KMSCrypto
import KMSDomain
import KMSModel

/// A fresh pair with its private half sealed under a KMS key.
struct SealedKeyPair {
  let pair: KeyPair
  let privateKeyCiphertext: [UInt8]
  let keyMaterialID: String?

  /// Checks that `key` may wrap key pairs, stops there for a dry run, and else makes a pair.
  init(
    _ spec: DataKeyPairSpec, under key: ActiveKey, _ encryptionContext: [String: String]?, dryRun: Bool?,
    for caller: Caller, operation: String, in context: OperationContext
  ) async throws(Fault) {
    // Whatever state it is in: a key in a custom key store never does this.
    guard key.record.customKeyStoreID == nil else { throw .origin(key.arn, key.record.origin) }
    try key.requireUsable(now: context.now())
    _ = try key.encryptionMethod(.symmetricDefault, encryptionContext: encryptionContext, for: operation)
    let algorithm = try spec.algorithm
    if dryRun == true { throw .dryRun }

    pair = try await context.slowCryptography.keyPair(algorithm)
    (privateKeyCiphertext, keyMaterialID) = try await context.seal(
      pair.privateKey, under: key, encryptionContext, for: caller, operation: operation)
  }
}

extension DataKeyPairSpec {
  /// The algorithm behind the name.
  fileprivate var algorithm: KeyPairAlgorithm {
    get throws(Fault) {
      guard let algorithm = KMSDomain.KeySpec(rawValue: rawValue)?.keyPairAlgorithm else {
        throw .validation("KeyPairSpec \(rawValue) is not valid.")
      }
      return algorithm
    }
  }
}
