// An external key store: keys that lie behind somebody else's proxy.

public import struct FoundationEssentials.Date

/// A custom key store of the type EXTERNAL_KEY_STORE, the only type that can be made here.
public struct CustomKeyStore: Hashable, Sendable {
  /// Whether the service talks to the proxy, by its KMS name.
  public enum ConnectionState: String, Hashable, Sendable, CaseIterable {
    case connected = "CONNECTED"
    case connecting = "CONNECTING"
    case failed = "FAILED"
    case disconnected = "DISCONNECTED"
    case disconnecting = "DISCONNECTING"
  }

  /// `cks-` and 17 lower-case hex digits.
  public let id: String
  /// The owning account and the Region.
  public let home: AccountRegion
  /// The name, unique in `home`.
  public var name: String
  /// When it was made.
  public let creationDate: Date
  /// Whether the service talks to the proxy.
  public var connectionState: ConnectionState
  /// Why connecting failed, by its KMS name.
  public var connectionErrorCode: String?
  /// How the proxy is reached.
  public var proxy: ExternalKeyStoreProxy

  /// Puts a store together.
  public init(
    id: String, home: AccountRegion, name: String, creationDate: Date, connectionState: ConnectionState,
    connectionErrorCode: String? = nil, proxy: ExternalKeyStoreProxy
  ) {
    self.id = id
    self.home = home
    self.name = name
    self.creationDate = creationDate
    self.connectionState = connectionState
    self.connectionErrorCode = connectionErrorCode
    self.proxy = proxy
  }
}
