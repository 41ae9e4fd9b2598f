// What the two GenerateDataKeyPair operations share: the rules, a fresh pair, and its sealed private half.

import KMSCrypto
import KMSDomain
import KMSModel

/// A fresh pair with its private half sealed under a KMS key.
struct SealedKeyPair {
  let pair: KeyPair
  let privateKeyCiphertext: [UInt8]
  let keyMaterialID: String

  /// Checks that `key` may wrap key pairs, stops there for a dry run, and else makes a pair.
  init(
    _ spec: DataKeyPairSpec, under key: ActiveKey, _ encryptionContext: [String: String]?, dryRun: Bool?,
    operation: String, in context: OperationContext
  ) async throws(Fault) {
    try StateRule.cryptographic.check(key.record)
    try key.requireSymmetricEncryption(for: operation)
    switch key.record.origin {
    case .awsKMS, .external: break
    case .awsCloudHSM, .externalKeyStore: throw .origin(key.arn, key.record.origin)
    }
    let algorithm = try spec.algorithm
    if dryRun == true { throw .dryRun }

    pair = try await context.keyPairs.keyPair(algorithm)
    (privateKeyCiphertext, keyMaterialID) = try key.seal(pair.privateKey, encryptionContext)
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

extension KMSDomain.KeySpec {
  /// The algorithm of an asymmetric spec's key pairs; nil for the specs that have none, or none yet.
  var keyPairAlgorithm: KeyPairAlgorithm? {
    switch self {
    case .rsa2048: .rsa2048
    case .rsa3072: .rsa3072
    case .rsa4096: .rsa4096
    case .eccNISTP256: .nistP256
    case .eccNISTP384: .nistP384
    case .eccNISTP521: .nistP521
    case .eccSECGP256K1: .secp256k1
    case .eccNISTEdwards25519: .edwards25519
    case .sm2: .sm2
    case .symmetricDefault, .hmac224, .hmac256, .hmac384, .hmac512, .mlDSA44, .mlDSA65, .mlDSA87: nil
    }
  }
}
