// External key stores, of which a service under test has none.

internal import KMSCrypto
internal import KMSOperations

/// Reaches no proxy: connecting a custom key store fails as it does when nothing answers.
struct UnreachableKeyStores: ExternalKeyStoreConnector {
  let attempts = ConnectionAttempts()

  func health(of proxy: ProxyAccess, _ request: ProxyRequestMetadata) async throws(ProxyFailure) -> KeyManagerHealth {
    throw .unreachable
  }

  func metadata(
    ofKey externalKeyID: String, behind proxy: ProxyAccess, _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> ExternalKeyMetadata {
    throw .unreachable
  }

  func encrypt(
    _ plaintext: [UInt8], additionalData: [UInt8], withKey externalKeyID: String, behind proxy: ProxyAccess,
    _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> ExternalCiphertextBlob.Sealed {
    throw .unreachable
  }

  func decrypt(
    _ sealed: ExternalCiphertextBlob.Sealed, additionalData: [UInt8], withKey externalKeyID: String,
    behind proxy: ProxyAccess, _ request: ProxyRequestMetadata
  ) async throws(ProxyFailure) -> [UInt8] {
    throw .unreachable
  }
}
