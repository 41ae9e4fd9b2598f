// How many requests there may be in a second.

import KMSModel

/// The figures of the request quotas, in requests per second; fractions allowed.
public struct RequestQuotas: Hashable, Sendable {
  /// The rates that can be set: one request in a quarter of an hour, to a million in a second.
  public static let allowedRates = 0.001...1_000_000

  private var rates: [RequestQuotaClass: Double] = [:]

  /// No quotas.
  public static let none = RequestQuotas()

  /// KMS's quotas, in the Regions that have no higher ones.
  public static let kms: RequestQuotas = {
    var quotas = RequestQuotas()
    for quota in RequestQuotaClass.allCases { quotas[quota] = quota.rateOfKMS }
    return quotas
  }()

  /// Whether nothing is limited.
  public var isEmpty: Bool { rates.isEmpty }

  /// The rate of a quota; nil when there is no limit. A rate beyond ``allowedRates`` is set to the nearest within.
  public subscript(quota: RequestQuotaClass) -> Double? {
    get { rates[quota] }
    set {
      let (lowest, highest) = (Self.allowedRates.lowerBound, Self.allowedRates.upperBound)
      rates[quota] = newValue.map { $0 >= lowest ? min($0, highest) : lowest }
    }
  }
}

extension RequestQuotaClass {
  /// The figure of KMS's guide.
  fileprivate var rateOfKMS: Double {
    switch self {
    case .symmetricCryptography: 10_000
    case .rsaCryptography, .eccCryptography, .mlDSACryptography: 1000
    case .customKeyStore: 1800
    case .dataKeyPair(let spec):
      switch spec {
      case .rsa2048: 20
      case .rsa3072: 4
      case .rsa4096: 1
      case .sm2: 25
      case .eccNISTP256, .eccNISTP384, .eccNISTP521, .eccSECGP256K1, .eccNISTEdwards25519: 100
      }
    case .operation(let operation):
      switch operation {
      case .describeKey, .getPublicKey, .listResourceTags: 2000
      case .getKeyPolicy, .getKeyRotationStatus: 1000
      case .listAliases, .listKeys: 500
      case .listGrants, .listKeyPolicies, .listKeyRotations, .listRetirableGrants: 100
      case .createGrant, .retireGrant, .revokeGrant: 50
      case .deleteAlias, .enableKeyRotation, .putKeyPolicy, .scheduleKeyDeletion, .importKeyMaterial,
        .deleteImportedKeyMaterial:
        15
      case .tagResource: 10
      case .getParametersForImport: 1
      default: 5
      }
    }
  }
}
