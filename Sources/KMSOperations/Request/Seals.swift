// What seals the opaque values that callers are handed, bring back, and can neither read nor make.

public import KMSCrypto

/// The service's sealing keys, one for each purpose: what was sealed for one never opens for another.
public struct Seals: Sendable {
  /// For the markers of listings.
  let markers: PageMarkers
  /// For grant tokens.
  let grantTokens: GrantTokens
  /// For import tokens.
  let importTokens: ImportTokens
  /// For the credentials of external key stores' proxies, which the store keeps.
  let proxyCredentials: KeyWrap
  /// For the tokens of sessions.
  public let sessionTokens: KeyWrap

  /// Takes each purpose's key from `key`, which is told a label that is never used for anything else.
  public init<Failure: Error>(_ key: (StaticString) throws(Failure) -> KeyWrap) throws(Failure) {
    markers = PageMarkers(key: try key("keywright/page-markers/1"))
    grantTokens = GrantTokens(key: try key("keywright/grant-tokens/1"))
    importTokens = ImportTokens(key: try key("keywright/import-tokens/1"))
    proxyCredentials = try key("keywright/proxy-credentials/1")
    sessionTokens = try key("keywright/session-tokens/1")
  }
}
