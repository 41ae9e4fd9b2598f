// Custom key stores for tests.

import Foundation
import KMSDomain
import KMSModel
import SecureMemory
import Testing

extension TestService {
  static let proxySecret = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF/+="

  /// The account and Region of calls that name none.
  func home() throws -> AccountRegion {
    AccountRegion(account: try #require(AccountID("111122223333")), region: try #require(Region("us-east-1")))
  }

  /// What CreateCustomKeyStore needs.
  static func newStore(_ name: String, endpoint: String = "https://proxy.example.com") -> CreateCustomKeyStoreInput {
    CreateCustomKeyStoreInput(
      customKeyStoreName: name, customKeyStoreType: .externalKeyStore, xksProxyURIEndpoint: endpoint,
      xksProxyURIPath: "/kms/xks/v1",
      xksProxyAuthenticationCredential: XksProxyAuthenticationCredential(
        accessKeyID: SecretBytes("ABCDEFGHIJKLMNOPQRST".utf8), rawSecretAccessKey: SecretBytes(proxySecret.utf8)),
      xksProxyConnectivity: .publicEndpoint)
  }

  /// Makes a store and gives its id.
  func makeStore(_ name: String = "store", endpoint: String = "https://proxy.example.com") async throws -> String {
    try await call(CreateCustomKeyStore.self, Self.newStore(name, endpoint: endpoint)).customKeyStoreID
  }

  /// Starts to connect a store.
  func connect(_ id: String) async throws {
    _ = try await call(ConnectCustomKeyStore.self, ConnectCustomKeyStoreInput(customKeyStoreID: id))
  }

  /// Disconnects a store.
  func disconnect(_ id: String) async throws {
    _ = try await call(DisconnectCustomKeyStore.self, DisconnectCustomKeyStoreInput(customKeyStoreID: id))
  }

  /// What DescribeCustomKeyStores says of a store.
  func describe(_ id: String) async throws -> CustomKeyStoresListEntry {
    let found = try await call(
      DescribeCustomKeyStores.self, DescribeCustomKeyStoresInput(customKeyStoreID: id))
    return try #require(found.customKeyStores.first)
  }

  /// Waits until a store is in a state. Tests have time limits: there is none here.
  func wait(for state: ConnectionState, of id: String) async throws {
    while try await describe(id).connectionState != state { try await Task.sleep(for: .milliseconds(2)) }
  }

  /// A connected store.
  func connectedStore(_ name: String = "store") async throws -> String {
    let id = try await makeStore(name)
    try await connect(id)
    try await wait(for: .connected, of: id)
    return id
  }

  /// A key in a store.
  func makeKey(in store: String, on externalKey: String = "key") async throws -> KeyMetadata {
    try await makeKey(
      CreateKeyInput(origin: .externalKeyStore, customKeyStoreID: store, xksKeyID: externalKey))
  }

  /// The code of the refusal that `body` meets.
  static func refusal(_ body: () async throws -> Void) async throws -> String? {
    do {
      try await body()
      return nil
    } catch let refusal as Refusal {
      return refusal.code
    }
  }
}
