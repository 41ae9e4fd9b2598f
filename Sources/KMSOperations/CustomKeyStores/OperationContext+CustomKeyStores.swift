// What operations do with custom key stores besides changing them.

import KMSAccess
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

  /// GenerateRandom from a custom key store. External key stores have no generator, so there is only the refusal.
  func refuseRandomBytes(fromCustomKeyStore id: String, for caller: Caller) async throws(Fault) -> Never {
    _ = try await keys.customKeyStore(id, in: caller.home)
    throw .noRandomBytes(id)
  }
}
