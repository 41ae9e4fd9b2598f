// What operations work with.

public import KMSAccess
public import KMSDomain
public import NitroAttestation
public import struct FoundationEssentials.Date

/// The service's parts, as operations see them.
public struct OperationContext: Sendable {
  /// Decides what callers may do.
  public let authorizer: Authorizer
  /// Finds and changes keys, aliases, grants and custom key stores.
  public let keys: KeyDirectory
  /// Makes key pairs and uses private keys without holding up other requests.
  public let slowCryptography: any SlowCryptography
  /// Decides whether attested recipients are believed; without roots none is.
  public let attestationVerifier: AttestationVerifier
  /// Talks to the proxies of external key stores.
  public let externalKeyStores: any ExternalKeyStoreConnector
  /// Seals what callers are handed and bring back.
  public let seals: Seals
  /// Remembers when keys were last used.
  public let usage: UsageLog
  /// How many of each resource there may be.
  public let quotas: ResourceQuotas
  /// Refuses what is more than the request quotas allow; nil when there are none.
  public let requestLimiter: RequestLimiter?
  /// Whether a principal exists, as far as policies and grants may name it.
  public let principalExists: @Sendable (PrincipalARN) -> Bool
  /// Whether requests leave records for the audit trail.
  public let keepsRecords: Bool
  /// The Regions that are served; nil when every Region is.
  public let regions: Set<Region>?
  /// The time.
  public let now: @Sendable () -> Date

  /// Puts a context together.
  public init(
    authorizer: Authorizer, keys: KeyDirectory, slowCryptography: any SlowCryptography,
    externalKeyStores: any ExternalKeyStoreConnector, seals: Seals, usage: UsageLog,
    attestationVerifier: AttestationVerifier = AttestationVerifier(roots: []),
    quotas: ResourceQuotas = ResourceQuotas(), requestLimiter: RequestLimiter? = nil, regions: Set<Region>? = nil,
    principalExists: @escaping @Sendable (PrincipalARN) -> Bool = { _ in true }, keepsRecords: Bool = false,
    now: @escaping @Sendable () -> Date
  ) {
    self.requestLimiter = requestLimiter
    self.principalExists = principalExists
    self.keepsRecords = keepsRecords
    self.authorizer = authorizer
    self.keys = keys
    self.slowCryptography = slowCryptography
    self.attestationVerifier = attestationVerifier
    self.externalKeyStores = externalKeyStores
    self.seals = seals
    self.usage = usage
    self.quotas = quotas
    self.regions = regions
    self.now = now
  }
}
