// What operations work with, over a store whose keys are open.

public import KMSAccess
public import KMSDomain
public import KMSOperations
public import NitroAttestation
public import struct FoundationEssentials.Date

extension OperationContext {
  /// Puts a context together over `store`, whose `keys` are open.
  ///
  /// - Parameters:
  ///   - slowCryptography: where cryptography is done that takes long.
  ///   - externalKeyStores: how the proxies of external key stores are reached.
  ///   - attestationVerifier: what decides whether attested recipients are believed.
  ///   - quotas: how many of each resource there may be.
  ///   - requestLimiter: what refuses requests above the request quotas; nil for no quotas.
  ///   - regions: the Regions that are served; nil for every Region.
  ///   - principalExists: whether policies and grants may name a principal.
  ///   - keepsRecords: whether requests leave records for the audit trail.
  ///   - now: the service's clock.
  public init(
    store: any Store, keys: StoreKeys, slowCryptography: any SlowCryptography,
    externalKeyStores: any ExternalKeyStoreConnector,
    attestationVerifier: AttestationVerifier = AttestationVerifier(roots: []),
    quotas: ResourceQuotas = ResourceQuotas(), requestLimiter: RequestLimiter? = nil, regions: Set<Region>? = nil,
    principalExists: @escaping @Sendable (PrincipalARN) -> Bool = { _ in true }, keepsRecords: Bool = false,
    now: @escaping @Sendable () -> Date
  ) {
    let usage = UsageLog()
    let directory = KeyDirectory(store: store, vault: keys.vault, usage: usage)
    self.init(
      authorizer: Authorizer(facts: directory), keys: directory, slowCryptography: slowCryptography,
      externalKeyStores: externalKeyStores, seals: keys.seals, usage: usage, attestationVerifier: attestationVerifier,
      quotas: quotas, requestLimiter: requestLimiter, regions: regions, principalExists: principalExists,
      keepsRecords: keepsRecords, now: now)
  }
}
