// The credentials of proxies, on their way to and from the store.

import KMSCrypto
import KMSDomain
import KMSModel
import SecureMemory

extension OperationContext {
  /// The secret of a proxy's credential as the store keeps it: encrypted, and bound to the custom key store and the
  /// credential's id.
  func seal(
    _ secret: SecretBytes, accessKeyID: String, ofCustomKeyStore id: String, in home: AccountRegion
  ) throws(Fault) -> [UInt8] {
    do {
      return try seals.proxyCredentials.wrap(secret, associatedData: Self.binding(id, home, accessKeyID))
    } catch {
      throw .internalFailure(error)
    }
  }

  /// The proxy of a custom key store with its credential in clear.
  func access(to store: CustomKeyStore) throws(Fault) -> ProxyAccess {
    let secret: SecretBytes
    do {
      secret = try seals.proxyCredentials.unwrap(
        store.proxy.wrappedSecretAccessKey,
        associatedData: Self.binding(store.id, store.home, store.proxy.accessKeyID))
    } catch {
      throw .internalFailure(UnreadableCredential(customKeyStoreID: store.id, reason: error))
    }
    return ProxyAccess(
      region: store.home.region, uriEndpoint: store.proxy.uriEndpoint, uriPath: store.proxy.uriPath,
      accessKeyID: store.proxy.accessKeyID, secretAccessKey: secret)
  }

  private static func binding(_ id: String, _ home: AccountRegion, _ accessKeyID: String) -> [UInt8] {
    Array("proxy-credential\n\(home.arn(id))\n\(accessKeyID)".utf8)
  }
}

extension XksProxyAuthenticationCredential {
  /// The credential's id, which is no secret, as text.
  var accessKeyName: String { accessKeyID.withUnsafeBytes { String(decoding: $0, as: UTF8.self) } }
}

/// A stored credential that does not open: altered, moved, or sealed by another service.
struct UnreadableCredential: Error, CustomStringConvertible {
  let customKeyStoreID: String
  let reason: any Error
  var description: String { "the proxy credential of \(customKeyStoreID) does not open: \(reason)" }
}
