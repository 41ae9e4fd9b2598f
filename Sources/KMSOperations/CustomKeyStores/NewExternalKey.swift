// CreateKey in a custom key store: the rules, and the association of the KMS key with an external key.

import KMSAccess
import KMSDomain
import KMSModel

/// Where CreateKey is to make a key, when that is a custom key store.
struct NewExternalKey: Sendable {
  /// The custom key store.
  let customKeyStoreID: String
  /// The key behind the proxy; nil for a CloudHSM key store.
  let externalKeyID: String?

  /// Applies the rules that need no store.
  ///
  /// - Returns: nil for a key that is in no custom key store.
  static func requested(by input: CreateKeyInput) throws(Fault) -> NewExternalKey? {
    guard input.origin == .externalKeyStore || input.xksKeyID == nil else {
      throw .validation("XksKeyId is valid only when Origin is EXTERNAL_KEY_STORE.")
    }
    guard let origin = input.origin, [.externalKeyStore, .awsCloudhsm].contains(origin) else {
      guard input.customKeyStoreID == nil else {
        throw .validation("CustomKeyStoreId is valid only when Origin is AWS_CLOUDHSM or EXTERNAL_KEY_STORE.")
      }
      return nil
    }
    guard let store = input.customKeyStoreID else {
      throw .validation("CustomKeyStoreId is required when Origin is \(origin.rawValue).")
    }
    guard origin == .awsCloudhsm || input.xksKeyID != nil else {
      throw .validation("XksKeyId is required when Origin is EXTERNAL_KEY_STORE.")
    }
    if let externalKey = input.xksKeyID { try ProxyAddressRules.checkExternalKeyID(externalKey) }
    try checkKind(of: input)
    return NewExternalKey(customKeyStoreID: store, externalKeyID: input.xksKeyID)
  }

  /// Only symmetric encryption keys of a single Region can be in a custom key store.
  private static func checkKind(of input: CreateKeyInput) throws(Fault) {
    let spec = input.keySpec?.rawValue ?? input.customerMasterKeySpec?.rawValue ?? "SYMMETRIC_DEFAULT"
    guard spec == "SYMMETRIC_DEFAULT" else { throw .inCustomKeyStore("KeySpec \(spec)") }
    let usage = input.keyUsage?.rawValue ?? "ENCRYPT_DECRYPT"
    guard usage == "ENCRYPT_DECRYPT" else { throw .inCustomKeyStore("KeyUsage \(usage)") }
    guard input.multiRegion != true else { throw .inCustomKeyStore("MultiRegion") }
  }

  /// Looks at store and external key before the KMS key is made: the proxy is asked what the external key is.
  func check(for caller: Caller, in context: OperationContext) async throws(Fault) {
    let home = caller.home
    let store = try await context.keys.store.read { reader throws(Fault) in try claim(in: reader, of: home) }
    guard let externalKeyID else { throw .customKeyStoreNotFound(customKeyStoreID) }
    let proxy = try context.access(to: store)
    let metadata: ExternalKeyMetadata
    do throws(ProxyFailure) {
      metadata = try await context.externalKeyStores.metadata(
        ofKey: externalKeyID, behind: proxy,
        ProxyRequestMetadata(
          principalARN: caller.arn, operation: CreateKey.name, requestID: caller.requestID))
    } catch {
      throw error.keyCreationFault(externalKeyID)
    }
    guard metadata.isUsable else { throw .externalKeyConfiguration(externalKeyID) }
  }

  /// The store, if a key can be made in it now. Call it again in the transaction that adds the key.
  @discardableResult
  func claim(in reader: any StoreReader, of home: AccountRegion) throws(Fault) -> CustomKeyStore {
    // No CloudHSM key store can be made here, so there is none.
    guard let externalKeyID, let store = try reader.customKeyStore(customKeyStoreID, in: home) else {
      throw .customKeyStoreNotFound(customKeyStoreID)
    }
    guard store.connectionState == .connected else { throw .customKeyStoreState(store) }
    guard try reader.keyID(externalKeyID: externalKeyID, inCustomKeyStore: store.id, of: home) == nil else {
      throw .externalKeyInUse(externalKeyID)
    }
    return store
  }
}
