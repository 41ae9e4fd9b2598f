// Custom key stores in rows of the table `custom_key_store`.

import GRDB
import KMSDomain

extension CustomKeyStore {
  /// A custom key store from a row of `selectCustomKeyStore` and its kin.
  init(_ row: Row) throws {
    self.init(
      id: try row.freeText(2),
      home: AccountRegion(account: try row.parsed(0, AccountID.init), region: try row.parsed(1, Region.init)),
      name: try row.freeText(3),
      creationDate: try row.instant(4),
      connectionState: try row.parsed(5, ConnectionState.init),
      connectionErrorCode: try row.optionalFreeText(6),
      proxy: ExternalKeyStoreProxy(
        connectivity: try row.parsed(7, ExternalKeyStoreProxy.Connectivity.init),
        uriEndpoint: try row.freeText(8),
        uriPath: try row.freeText(9),
        vpcEndpointServiceName: try row.optionalFreeText(10),
        vpcEndpointServiceOwner: try row.optionallyParsed(11, AccountID.init),
        accessKeyID: try row.freeText(12),
        wrappedSecretAccessKey: try row.bytes(13)))
  }

  /// The arguments of `insertCustomKeyStore` and `updateCustomKeyStore`.
  var arguments: [(any DatabaseValueConvertible)?] {
    get throws {
      [
        home.account.description, home.region.description, bindable(id), bindable(name),
        try StoredInstant(creationDate).milliseconds, connectionState.rawValue, bindable(connectionErrorCode),
        proxy.connectivity.rawValue, bindable(proxy.uriEndpoint), bindable(proxy.uriPath),
        bindable(proxy.vpcEndpointServiceName), proxy.vpcEndpointServiceOwner?.description,
        bindable(proxy.accessKeyID), bindable(proxy.wrappedSecretAccessKey),
      ]
    }
  }
}
