// Which requests share a request quota.

public import KMSModel

/// A request quota of KMS: the requests that are counted together, for each account and Region.
public enum RequestQuotaClass: Hashable, Sendable {
  /// Cryptographic operations with symmetric encryption keys and HMAC keys, and GenerateRandom.
  case symmetricCryptography
  /// Cryptographic operations with RSA keys.
  case rsaCryptography
  /// Cryptographic operations with elliptic-curve keys, SM2 among them.
  case eccCryptography
  /// Cryptographic operations with ML-DSA keys.
  case mlDSACryptography
  /// Cryptographic operations with the keys of one custom key store; its keys count above as well.
  case customKeyStore
  /// GenerateDataKeyPair and GenerateDataKeyPairWithoutPlaintext, for each key pair spec by itself.
  case dataKeyPair(KeyPairSpec)
  /// An operation that has a quota of its own.
  case operation(KMSOperation)

  /// The specs of data key pairs, by their KMS name.
  public enum KeyPairSpec: String, CaseIterable, Hashable, Sendable {
    case rsa2048 = "RSA_2048"
    case rsa3072 = "RSA_3072"
    case rsa4096 = "RSA_4096"
    case eccNISTP256 = "ECC_NIST_P256"
    case eccNISTP384 = "ECC_NIST_P384"
    case eccNISTP521 = "ECC_NIST_P521"
    case eccSECGP256K1 = "ECC_SECG_P256K1"
    case eccNISTEdwards25519 = "ECC_NIST_EDWARDS25519"
    case sm2 = "SM2"
  }
}

extension RequestQuotaClass: CaseIterable {
  /// Every request quota.
  public static let allCases: [RequestQuotaClass] =
    [.symmetricCryptography, .rsaCryptography, .eccCryptography, .mlDSACryptography, .customKeyStore]
    + KeyPairSpec.allCases.map { .dataKeyPair($0) }
    + KMSOperation.allCases.filter { !$0.isCryptographic }.map { .operation($0) }
}

extension RequestQuotaClass {
  /// The name by which operators set and see the quota, in kebab-case: `symmetric-cryptography`, `describe-key`,
  /// `generate-data-key-pair-rsa-2048`.
  public var name: String {
    switch self {
    case .symmetricCryptography: "symmetric-cryptography"
    case .rsaCryptography: "rsa-cryptography"
    case .eccCryptography: "ecc-cryptography"
    case .mlDSACryptography: "ml-dsa-cryptography"
    case .customKeyStore: "custom-key-store"
    case .dataKeyPair(let spec):
      "generate-data-key-pair-" + spec.rawValue.lowercased().replacing("_", with: "-")
    case .operation(let operation): Self.kebabCase(operation.rawValue)
    }
  }

  /// The quota of a name.
  public init?(name: String) {
    guard let found = Self.byName[name] else { return nil }
    self = found
  }

  private static let byName = Dictionary(allCases.map { ($0.name, $0) }) { first, _ in first }

  /// `DescribeKey` as `describe-key`.
  private static func kebabCase(_ name: String) -> String {
    var result = ""
    for character in name {
      if character.isUppercase, !result.isEmpty { result.append("-") }
      result += character.lowercased()
    }
    return result
  }
}

extension KMSOperation {
  /// Whether the operation counts by the key or the pair it is about, rather than by its own name.
  var isCryptographic: Bool {
    switch self {
    case .decrypt, .deriveSharedSecret, .encrypt, .generateDataKey, .generateDataKeyPair,
      .generateDataKeyPairWithoutPlaintext, .generateDataKeyWithoutPlaintext, .generateMac, .generateRandom, .reEncrypt,
      .sign, .verify, .verifyMac:
      true
    case .cancelKeyDeletion, .connectCustomKeyStore, .createAlias, .createCustomKeyStore, .createGrant, .createKey,
      .deleteAlias, .deleteCustomKeyStore, .deleteImportedKeyMaterial, .describeCustomKeyStores, .describeKey,
      .disableKey, .disableKeyRotation, .disconnectCustomKeyStore, .enableKey, .enableKeyRotation, .getKeyLastUsage,
      .getKeyPolicy, .getKeyRotationStatus, .getParametersForImport, .getPublicKey, .importKeyMaterial, .listAliases,
      .listGrants, .listKeyPolicies, .listKeyRotations, .listKeys, .listResourceTags, .listRetirableGrants,
      .putKeyPolicy, .replicateKey, .retireGrant, .revokeGrant, .rotateKeyOnDemand, .scheduleKeyDeletion, .tagResource,
      .untagResource, .updateAlias, .updateCustomKeyStore, .updateKeyDescription, .updatePrimaryRegion:
      false
    }
  }
}
