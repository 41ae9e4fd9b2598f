// What a transaction can change.

/// Reads and changes that become durable together. Not to be kept beyond the call that lent it.
public protocol StoreTransaction: StoreReader {
  /// Adds a key; an id that the Region has already is an internal failure, as is a custom key store that its home has
  /// not, or an external key that another key of that store has.
  func insert(_ key: Key) throws(Fault)
  /// Replaces the record of a key that exists; one that does not is an internal failure.
  func update(_ key: Key) throws(Fault)
  /// Removes a key with its aliases, its grants and the record of its last use. No effect when there is no such key.
  func deleteKey(_ id: KeyID, region: Region) throws(Fault)
  /// Records the last use of a key, unless a later one is recorded. No effect when there is no such key.
  func record(_ usage: KeyLastUsage, of keyID: KeyID, region: Region) throws(Fault)

  /// Adds an alias; a name that exists, or a target that is no key of the alias's home, is an internal failure.
  func insert(_ alias: Alias) throws(Fault)
  /// Replaces an alias that exists; one that does not, or a target as above, is an internal failure.
  func update(_ alias: Alias) throws(Fault)
  /// Removes an alias. No effect when there is none.
  func deleteAlias(_ name: AliasName, in home: AccountRegion) throws(Fault)

  /// Adds a grant; an id that the key has already, or a key that does not exist in the grant's home, is an internal
  /// failure.
  func insert(_ grant: Grant) throws(Fault)
  /// Removes a grant. No effect when there is none.
  func deleteGrant(_ id: String, on keyID: KeyID, region: Region) throws(Fault)

  /// Adds a custom key store; an id, or a name in the same home, that exists is an internal failure.
  func insert(_ customKeyStore: CustomKeyStore) throws(Fault)
  /// Replaces a custom key store that exists; one that does not, or a name that another has, is an internal failure.
  func update(_ customKeyStore: CustomKeyStore) throws(Fault)
  /// Removes a custom key store; one that has keys is an internal failure. No effect when there is none.
  func deleteCustomKeyStore(_ id: String, in home: AccountRegion) throws(Fault)

  /// Adds or replaces a principal; a name that another user, or another role, of the account has is an internal
  /// failure. Like the three that follow, this makes the next ``StoreReader/identityRevision()``.
  func put(_ principal: Principal) throws(Fault)
  /// Removes a principal with its access keys. No effect when there is none.
  func deletePrincipal(_ arn: String) throws(Fault)
  /// Adds or replaces an access key; its principal need not be there.
  func put(_ accessKey: AccessKey) throws(Fault)
  /// Removes an access key. No effect when there is none.
  func deleteAccessKey(_ id: String) throws(Fault)

  /// Adds or replaces a property.
  func setProperty(_ name: String, to value: [UInt8]) throws(Fault)
}
