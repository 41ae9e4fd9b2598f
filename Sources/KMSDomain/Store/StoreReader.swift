// Reads inside a snapshot or a transaction.

public import struct FoundationEssentials.Date

/// Reads of one consistent state of the store. Not to be kept beyond the call that lent it.
public protocol StoreReader {
  /// The key `id` of `region`, whichever account owns it: key ids are unique in a Region.
  func key(_ id: KeyID, region: Region) throws(Fault) -> Key?
  /// Up to `limit` key ids of an account and Region in ascending order, after `id` if it is given.
  func keyIDs(in home: AccountRegion, after id: KeyID?, limit: Int) throws(Fault) -> [KeyID]
  /// The alias `name`.
  func alias(_ name: AliasName, in home: AccountRegion) throws(Fault) -> Alias?
  /// Up to `limit` aliases in ascending order of name, after `name` if it is given; only those of `keyID` if that is given.
  func aliases(
    in home: AccountRegion, of keyID: KeyID?, after name: AliasName?, limit: Int
  ) throws(Fault) -> [Alias]
  /// How many aliases stand for the key.
  func aliasCount(of keyID: KeyID, in home: AccountRegion) throws(Fault) -> Int
  /// Up to `limit` keys pending deletion whose date is not after `date`, the most overdue first.
  func keysDueForDeletion(at date: Date, limit: Int) throws(Fault) -> [Key]
  /// The access key `id`.
  func accessKey(_ id: String) throws(Fault) -> AccessKey?
  /// A value the service keeps about the store itself, such as its wrapped store key.
  func property(_ name: String) throws(Fault) -> [UInt8]?
}
