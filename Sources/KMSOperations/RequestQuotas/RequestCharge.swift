// What a request counts as: which quotas it uses up, and whose.

public import KMSDomain
public import KMSModel

/// One entry on the account of a request.
public struct RequestCharge: Hashable, Sendable {
  /// The quota that is used up.
  public let quota: RequestQuotaClass
  /// Whose quota it is, and where.
  public let payer: AccountRegion
  /// The store, for ``RequestQuotaClass/customKeyStore``, which is counted for each by itself.
  public let customKeyStoreID: String?
  /// As how many requests it counts.
  public let requests: Int

  /// A charge of one request, unless told.
  public init(_ quota: RequestQuotaClass, payer: AccountRegion, customKeyStoreID: String? = nil, requests: Int = 1) {
    self.quota = quota
    self.payer = payer
    self.customKeyStoreID = customKeyStoreID
    self.requests = requests
  }
}

extension RequestCharge {
  /// What a request counts as. Dry runs count like others, and so do requests that are refused.
  ///
  /// The caller's account pays, also for another account's key; only a custom key store's quota is the store's own.
  ///
  /// - Parameters:
  ///   - caller: the caller's account, and the Region that was called.
  ///   - keys: the keys that a cryptographic operation uses; none of other operations matter, and there are none when
  ///     the request is refused before they are known.
  ///   - keyPairSpec: the spec of the data key pair that is asked for, by its KMS name.
  ///   - replicaRegion: where ReplicateKey is to make its replica, which counts there as two keys made.
  public static func charges(
    for operation: KMSOperation, caller: AccountRegion, keys: [Key] = [], keyPairSpec: String? = nil,
    replicaRegion: Region? = nil
  ) -> [RequestCharge] {
    switch operation {
    case .generateDataKeyPair, .generateDataKeyPairWithoutPlaintext:
      let spec = keyPairSpec.flatMap(RequestQuotaClass.KeyPairSpec.init(rawValue:))
      // A spec that is none will be refused, and counts as what little it costs.
      return [RequestCharge(spec.map { .dataKeyPair($0) } ?? .symmetricCryptography, payer: caller)]
    case .replicateKey:
      let creation = replicaRegion.map { region in
        RequestCharge(
          .operation(.createKey), payer: AccountRegion(account: caller.account, region: region), requests: 2)
      }
      return [RequestCharge(.operation(operation), payer: caller)] + [creation].compactMap { $0 }
    case _ where operation.isCryptographic: return cryptography(caller: caller, keys: keys)
    default: return [RequestCharge(.operation(operation), payer: caller)]
    }
  }

  /// One request to the quota of each kind of key, and one to each custom key store.
  private static func cryptography(caller: AccountRegion, keys: [Key]) -> [RequestCharge] {
    guard !keys.isEmpty else { return [RequestCharge(.symmetricCryptography, payer: caller)] }
    var charges: [RequestCharge] = []
    func add(_ charge: RequestCharge) {
      if !charges.contains(charge) { charges.append(charge) }
    }
    for key in keys {
      add(RequestCharge(RequestQuotaClass(cryptographyWith: key.spec), payer: caller))
      if let id = key.customKeyStoreID {
        add(RequestCharge(.customKeyStore, payer: key.home, customKeyStoreID: id))
      }
    }
    return charges
  }
}

extension RequestQuotaClass {
  /// The quota of cryptographic operations with keys of a spec.
  public init(cryptographyWith spec: KMSDomain.KeySpec) {
    self =
      switch spec {
      case .symmetricDefault, .hmac224, .hmac256, .hmac384, .hmac512: .symmetricCryptography
      case .rsa2048, .rsa3072, .rsa4096: .rsaCryptography
      case .eccNISTP256, .eccNISTP384, .eccNISTP521, .eccSECGP256K1, .eccNISTEdwards25519, .sm2: .eccCryptography
      case .mlDSA44, .mlDSA65, .mlDSA87: .mlDSACryptography
      }
  }
}
