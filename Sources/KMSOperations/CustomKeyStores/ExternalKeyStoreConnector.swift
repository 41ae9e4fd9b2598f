// How operations reach the proxies of external key stores; what is behind it speaks the XKS proxy API.

public import KMSCrypto

/// Talks to the proxies of external key stores. Every call ends within a fraction of a second, one way or the other.
public protocol ExternalKeyStoreConnector: Sendable {
  /// Where stores are connected in the background: it lives as long as the connector.
  var attempts: ConnectionAttempts { get }

  /// How the key manager behind a proxy is (GetHealthStatus).
  func health(of proxy: ProxyAccess, _ request: ProxyRequestMetadata) async throws(ProxyFailure) -> KeyManagerHealth

  /// What an external key is (GetKeyMetadata).
  func metadata(
    ofKey externalKeyID: String, behind proxy: ProxyAccess, _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> ExternalKeyMetadata

  /// Encrypts with an external key (Encrypt).
  func encrypt(
    _ plaintext: [UInt8], additionalData: [UInt8], withKey externalKeyID: String, behind proxy: ProxyAccess,
    _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> ExternalCiphertextBlob.Sealed

  /// Decrypts with an external key (Decrypt).
  func decrypt(
    _ sealed: ExternalCiphertextBlob.Sealed, additionalData: [UInt8], withKey externalKeyID: String,
    behind proxy: ProxyAccess, _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> [UInt8]
}
