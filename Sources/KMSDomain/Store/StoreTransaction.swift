// Changes inside a transaction.

/// Reads and changes that become durable together. Not to be kept beyond the call that lent it.
public protocol StoreTransaction: StoreReader {
  /// Adds a key; an id that the Region has already is an internal failure.
  func insert(_ key: Key) throws(Fault)
  /// Replaces the record of a key that exists; one that does not is an internal failure.
  func update(_ key: Key) throws(Fault)
  /// Removes a key and its aliases. No effect when there is no such key.
  func deleteKey(_ id: KeyID, region: Region) throws(Fault)
  /// Adds an alias; a name that exists, or a target that is no key of the alias's home, is an internal failure.
  func insert(_ alias: Alias) throws(Fault)
  /// Replaces an alias that exists; one that does not, or a target as above, is an internal failure.
  func update(_ alias: Alias) throws(Fault)
  /// Removes an alias. No effect when there is none.
  func deleteAlias(_ name: AliasName, in home: AccountRegion) throws(Fault)
  /// Adds or replaces an access key.
  func put(_ accessKey: AccessKey) throws(Fault)
  /// Adds or replaces a property.
  func setProperty(_ name: String, to value: [UInt8]) throws(Fault)
}
