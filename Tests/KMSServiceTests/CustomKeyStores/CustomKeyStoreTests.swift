// External key stores and their keys, over a proxy in this process.

import Foundation
import KMSDomain
import KMSModel
import KMSOperations
import KMSStoreSQLite
import SecureMemory
import Testing

@Suite(.timeLimit(.minutes(1)))
struct CustomKeyStoreTests {
  @Test func theSecretIsSealedInTheStore() async throws {
    let proxy = InMemoryProxy()
    let service = try await TestService(externalKeyStores: proxy)
    let id = try await service.makeStore()
    let home = try service.home()
    let record = try #require(
      try await service.store.read { reader throws(Fault) in try reader.customKeyStore(id, in: home) })
    let secret = Array(TestService.proxySecret.utf8)
    #expect(record.proxy.wrappedSecretAccessKey.count > secret.count)
    #expect(!String(decoding: record.proxy.wrappedSecretAccessKey, as: UTF8.self).contains(TestService.proxySecret))
    let used = try #require(proxy.calls.first?.proxy)
    #expect(used.accessKeyID == "ABCDEFGHIJKLMNOPQRST")
    #expect(used.secretAccessKey.withUnsafeBytes { Array($0) } == secret)
  }

  /// A sealed secret opens only in the store, and with the id, that it was sealed for.
  @Test(arguments: [false, true]) func aMovedSecretDoesNotOpen(_ changesID: Bool) async throws {
    let service = try await TestService(externalKeyStores: InMemoryProxy())
    let ids = [
      try await service.makeStore("one"), try await service.makeStore("two", endpoint: "https://two.example.com"),
    ]
    let home = try service.home()
    try await service.store.write { transaction throws(Fault) in
      guard let from = try transaction.customKeyStore(ids[0], in: home),
        var to = try transaction.customKeyStore(ids[1], in: home)
      else { throw .customKeyStoreNotFound(ids[0]) }
      if changesID {
        to.proxy.accessKeyID = "ZZZZZZZZZZZZZZZZZZZZ"
      } else {
        to.proxy.wrappedSecretAccessKey = from.proxy.wrappedSecretAccessKey
      }
      try transaction.update(to)
    }
    try await service.connect(ids[1])
    try await service.wait(for: .failed, of: ids[1])
    #expect(try await service.describe(ids[1]).connectionErrorCode == .internalError)
  }

  @Test func aKeyIsUsableExactlyWhileItsStoreIsConnected() async throws {
    let service = try await TestService(externalKeyStores: InMemoryProxy())
    let store = try await service.connectedStore()
    let key = try await service.makeKey(in: store)
    #expect(key.keyState == .enabled && key.origin == .externalKeyStore && key.currentKeyMaterialID == nil)
    func encrypt() async throws -> [UInt8] {
      try await service.call(
        Encrypt.self, EncryptInput(keyID: key.keyID, plaintext: SecretBytes([1, 2, 3]))
      ).ciphertextBlob
    }
    let blob = try await encrypt()
    for _ in 0..<20 {
      try await service.disconnect(store)
      #expect(try await TestService.refusal { _ = try await encrypt() } == "KMSInvalidStateException")
      let state = try await service.call(DescribeKey.self, DescribeKeyInput(keyID: key.keyID)).keyMetadata.keyState
      #expect(state == .unavailable)
      try await service.connect(store)
      try await service.wait(for: .connected, of: store)
      let opened = try await service.call(Decrypt.self, DecryptInput(ciphertextBlob: blob))
      #expect(opened.plaintext == SecretBytes([1, 2, 3]))
      #expect(opened.keyMaterialID == nil)
    }
  }

  /// Between the look at the external key and the end of CreateKey the store may change.
  @Test func aStoreThatIsDisconnectedMeanwhileGetsNoKey() async throws {
    let proxy = InMemoryProxy()
    let service = try await TestService(externalKeyStores: proxy)
    let store = try await service.connectedStore()
    proxy.before { call, _ in
      if call == .metadata { try? await service.disconnect(store) }
      return nil
    }
    #expect(
      try await TestService.refusal { _ = try await service.makeKey(in: store) }
        == "CustomKeyStoreInvalidStateException")
    #expect(try await service.call(ListKeys.self, ListKeysInput()).keys.isEmpty)
    _ = try await service.call(DeleteCustomKeyStore.self, DeleteCustomKeyStoreInput(customKeyStoreID: store))
  }

  @Test func anExternalKeyThatIsTakenMeanwhile() async throws {
    let proxy = InMemoryProxy()
    let service = try await TestService(externalKeyStores: proxy)
    let store = try await service.connectedStore()
    let outcomes = await withTaskGroup(of: String?.self) { group in
      for _ in 0..<10 {
        group.addTask { try? await TestService.refusal { _ = try await service.makeKey(in: store) } }
      }
      return await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == nil }.count == 1)
    #expect(outcomes.filter { $0 == "XksKeyAlreadyInUseException" }.count == 9)
  }

  /// A change that is tested while another is made takes nothing back.
  @Test func updatesThatMeet() async throws {
    let proxy = InMemoryProxy()
    let service = try await TestService(externalKeyStores: proxy)
    let store = try await service.makeStore()
    proxy.before { _, access in
      if access.uriPath == "/new/kms/xks/v1", (try? await service.describe(store).customKeyStoreName) == "store" {
        _ = try? await service.call(
          UpdateCustomKeyStore.self,
          UpdateCustomKeyStoreInput(customKeyStoreID: store, newCustomKeyStoreName: "renamed"))
      }
      return nil
    }
    _ = try await service.call(
      UpdateCustomKeyStore.self,
      UpdateCustomKeyStoreInput(customKeyStoreID: store, xksProxyURIPath: "/new/kms/xks/v1"))
    let after = try await service.describe(store)
    #expect(after.customKeyStoreName == "renamed")
    #expect(after.xksProxyConfiguration?.uriPath == "/new/kms/xks/v1")
  }

  @Test func aRefusedUpdateChangesNothing() async throws {
    let proxy = InMemoryProxy()
    let service = try await TestService(externalKeyStores: proxy)
    let store = try await service.connectedStore()
    let before = try await service.describe(store)
    proxy.before { _, _ in .refused(.authenticationFailed) }
    let refused = try await TestService.refusal {
      _ = try await service.call(
        UpdateCustomKeyStore.self,
        UpdateCustomKeyStoreInput(
          customKeyStoreID: store, newCustomKeyStoreName: "x", xksProxyURIPath: "/new/kms/xks/v1"))
    }
    #expect(refused == "XksProxyIncorrectAuthenticationCredentialException")
    #expect(try await service.describe(store) == before)
  }

  @Test func storesAreOfOneAccountAndRegion() async throws {
    let service = try await TestService(externalKeyStores: InMemoryProxy())
    let id = try await service.makeStore()
    for (account, region) in [("222233334444", "us-east-1"), ("111122223333", "eu-west-1")] {
      let refused = try await TestService.refusal {
        _ = try await service.call(
          ConnectCustomKeyStore.self, ConnectCustomKeyStoreInput(customKeyStoreID: id), account: account,
          region: region)
      }
      #expect(refused == "CustomKeyStoreNotFoundException")
      // Names and endpoints are free there.
      _ = try await service.call(
        CreateCustomKeyStore.self, TestService.newStore("store"), account: account, region: region)
    }
  }

  @Test func theQuota() async throws {
    var quotas = ResourceQuotas()
    quotas.customKeyStores = 2
    let service = try await TestService(externalKeyStores: InMemoryProxy(), quotas: quotas)
    let outcomes = await withTaskGroup(of: String?.self) { group in
      for number in 0..<6 {
        group.addTask {
          try? await TestService.refusal {
            _ = try await service.makeStore("n\(number)", endpoint: "https://p\(number).example.com")
          }
        }
      }
      return await group.reduce(into: [String?]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == nil }.count == 2)
    #expect(outcomes.filter { $0 == "LimitExceededException" }.count == 4)
  }
}
