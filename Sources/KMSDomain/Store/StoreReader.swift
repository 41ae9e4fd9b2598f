// What a transaction can read.

public import struct FoundationEssentials.Date

/// Reads of one consistent state of the store. Not to be kept beyond the call that lent it.
public protocol StoreReader {
  // MARK: Keys

  /// The key `id` of `region`, whichever account owns it: key ids are unique in a Region.
  func key(_ id: KeyID, region: Region) throws(Fault) -> Key?
  /// Up to `limit` key ids of an account and Region in ascending order, after `id` if it is given.
  func keyIDs(in home: AccountRegion, after id: KeyID?, limit: Int) throws(Fault) -> [KeyID]
  /// How many keys an account has in a Region; found at the same cost however many there are.
  func keyCount(in home: AccountRegion) throws(Fault) -> Int
  /// Up to `limit` keys pending deletion whose date is not after `date`, the most overdue first. By name, so that a
  /// record that cannot be read keeps none of the others back.
  func keysDueForDeletion(at date: Date, limit: Int) throws(Fault) -> [KeyName]
  /// Up to `limit` enabled keys whose next rotation is not after `date`, the most overdue first; of related
  /// multi-Region keys the primary only.
  func keysDueForRotation(at date: Date, limit: Int) throws(Fault) -> [KeyName]
  /// Up to `limit` keys with material whose end is not after `date` and that is still there, the most overdue first.
  func keysWithExpiredMaterial(at date: Date, limit: Int) throws(Fault) -> [KeyName]
  /// The last use of a key that has been recorded.
  func lastUsage(of keyID: KeyID, region: Region) throws(Fault) -> KeyLastUsage?

  // MARK: Aliases

  /// The alias `name`.
  func alias(_ name: AliasName, in home: AccountRegion) throws(Fault) -> Alias?
  /// Up to `limit` aliases in ascending order of name, after `name` if it is given; only those of `keyID` if that is given.
  func aliases(
    in home: AccountRegion, of keyID: KeyID?, after name: AliasName?, limit: Int
  ) throws(Fault) -> [Alias]
  /// How many aliases stand for the key.
  func aliasCount(of keyID: KeyID, in home: AccountRegion) throws(Fault) -> Int

  // MARK: Grants

  /// The grant `id` on a key.
  func grant(_ id: String, on keyID: KeyID, region: Region) throws(Fault) -> Grant?
  /// Up to `limit` grants on a key in ascending order of id, after `id` if it is given; only those of
  /// `granteePrincipal` if that is given.
  func grants(
    on keyID: KeyID, region: Region, granteePrincipal: String?, after id: String?, limit: Int
  ) throws(Fault) -> [Grant]
  /// The grants on a key that have this name, in ascending order of id.
  func grants(named name: String, on keyID: KeyID, region: Region) throws(Fault) -> [Grant]
  /// Up to `limit` grants in a Region, on whosever keys, that `principal` may retire as their retiring principal: in
  /// ascending order of grant id, and key id among equals, after `position` if it is given.
  func grants(
    retirableBy principal: String, region: Region, after position: (grantID: String, keyID: KeyID)?, limit: Int
  ) throws(Fault) -> [Grant]
  /// How many grants are on a key.
  func grantCount(on keyID: KeyID, region: Region) throws(Fault) -> Int

  // MARK: Custom key stores

  /// The custom key store `id`.
  func customKeyStore(_ id: String, in home: AccountRegion) throws(Fault) -> CustomKeyStore?
  /// Up to `limit` custom key stores in ascending order of name, after `name` if it is given.
  func customKeyStores(in home: AccountRegion, after name: String?, limit: Int) throws(Fault) -> [CustomKeyStore]
  /// Whether any key, in whatever state, is in the custom key store.
  func hasKeys(inCustomKeyStore id: String, of home: AccountRegion) throws(Fault) -> Bool
  /// The key of the custom key store that is associated with an external key.
  func keyID(externalKeyID: String, inCustomKeyStore id: String, of home: AccountRegion) throws(Fault) -> KeyID?

  // MARK: Principals and access keys

  /// The user or role with this ARN.
  func principal(_ arn: String) throws(Fault) -> Principal?
  /// Up to `limit` principals of an account in ascending order of ARN, after `arn` if it is given.
  func principals(in account: AccountID, after arn: String?, limit: Int) throws(Fault) -> [Principal]
  /// Up to `limit` principals of all accounts in ascending order of ARN, after `arn` if it is given.
  func principals(after arn: String?, limit: Int) throws(Fault) -> [Principal]
  /// The access key `id`.
  func accessKey(_ id: String) throws(Fault) -> AccessKey?
  /// The access keys of a principal in ascending order of id.
  func accessKeys(of principalARN: String) throws(Fault) -> [AccessKey]
  /// Up to `limit` access keys of all principals in ascending order of id, after `id` if it is given.
  func accessKeys(after id: String?, limit: Int) throws(Fault) -> [AccessKey]

  // MARK: Properties

  /// A value the service keeps about the store itself, such as its wrapped store key.
  func property(_ name: String) throws(Fault) -> [UInt8]?
}
