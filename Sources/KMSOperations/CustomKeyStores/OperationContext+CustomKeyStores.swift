// What operations do with custom key stores besides changing them.

import KMSDomain

extension OperationContext {
  /// Asks a proxy how it is, on behalf of a KMS operation. A proxy whose whole key manager is unavailable fails too.
  func checkHealth(
    of proxy: ProxyAccess, for operation: String, requestID: String
  ) async throws(ProxyFailure) {
    let health = try await externalKeyStores.health(
      of: proxy, ProxyRequestMetadata(operation: operation, requestID: requestID))
    guard health.isAvailable else { throw .keyManagerUnavailable }
  }
}
