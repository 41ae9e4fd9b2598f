// What requests count as: all operations, all kinds of keys.

import FoundationEssentials
import KMSDomain
import KMSModel
import KMSOperations
import Testing

@Suite
struct RequestChargeTests {
  private static let caller = "111122223333"
  private static let owner = "444455556666"

  private static func home(_ account: String, _ region: String = "eu-central-1") throws -> AccountRegion {
    AccountRegion(account: try #require(AccountID(account)), region: try #require(Region(region)))
  }

  private static func key(_ spec: KMSDomain.KeySpec, in store: String? = nil) throws -> Key {
    Key(
      id: try #require(KeyID("1234abcd-12ab-34cd-56ef-1234567890ab")), home: try home(owner),
      creationDate: Date(timeIntervalSince1970: 0), spec: spec, usage: spec.allowedUsages[0],
      origin: store == nil ? .awsKMS : .externalKeyStore, description: "", state: .enabled, policy: "{}",
      customKeyStoreID: store)
  }

  /// The operations that count by the key they use.
  private static let byKey: [KMSOperation] = [
    .decrypt, .deriveSharedSecret, .encrypt, .generateDataKey, .generateDataKeyWithoutPlaintext, .generateMac,
    .generateRandom, .reEncrypt, .sign, .verify, .verifyMac,
  ]
  private static let byPair: [KMSOperation] = [.generateDataKeyPair, .generateDataKeyPairWithoutPlaintext]

  private static func expectedQuota(_ spec: KMSDomain.KeySpec) -> RequestQuotaClass {
    if spec.rawValue.hasPrefix("RSA") { return .rsaCryptography }
    if spec.rawValue.hasPrefix("ECC") || spec == .sm2 { return .eccCryptography }
    if spec.rawValue.hasPrefix("ML_DSA") { return .mlDSACryptography }
    return .symmetricCryptography
  }

  @Test(arguments: KMSOperation.allCases, KMSDomain.KeySpec.allCases)
  func operationsCountByKeyOrByName(operation: KMSOperation, spec: KMSDomain.KeySpec) throws {
    let caller = try Self.home(Self.caller)
    let charges = RequestCharge.charges(
      for: operation, caller: caller, keys: [try Self.key(spec)], keyPairSpec: "RSA_3072")
    let expected: RequestQuotaClass =
      if Self.byKey.contains(operation) {
        Self.expectedQuota(spec)
      } else if Self.byPair.contains(operation) {
        .dataKeyPair(.rsa3072)
      } else {
        .operation(operation)
      }
    #expect(charges == [RequestCharge(expected, payer: caller)])
  }

  @Test(arguments: byKey)
  func withoutAKeyItIsSymmetric(operation: KMSOperation) throws {
    let caller = try Self.home(Self.caller)
    #expect(
      RequestCharge.charges(for: operation, caller: caller) == [RequestCharge(.symmetricCryptography, payer: caller)])
  }

  @Test(arguments: byPair, DataKeyPairSpec.allKnown)
  func everyPairSpecHasItsOwn(operation: KMSOperation, spec: DataKeyPairSpec) throws {
    let caller = try Self.home(Self.caller)
    let charges = RequestCharge.charges(
      for: operation, caller: caller, keys: [try Self.key(.symmetricDefault)], keyPairSpec: spec.rawValue)
    let expected = try #require(RequestQuotaClass.KeyPairSpec(rawValue: spec.rawValue))
    #expect(charges == [RequestCharge(.dataKeyPair(expected), payer: caller)])
  }

  @Test(arguments: [nil, "", "RSA_1024", "rsa_2048"])
  func pairsOfNoSpecAreCheap(spec: String?) throws {
    let caller = try Self.home(Self.caller)
    #expect(
      RequestCharge.charges(for: .generateDataKeyPair, caller: caller, keyPairSpec: spec) == [
        RequestCharge(.symmetricCryptography, payer: caller)
      ])
  }

  /// A custom key store is one thing, whoever calls: its owner's quota, on top of the caller's.
  @Test func customKeyStoresCountOnTop() throws {
    let caller = try Self.home(Self.caller)
    let owner = try Self.home(Self.owner)
    let (one, two) = (try Self.key(.symmetricDefault, in: "cks-1"), try Self.key(.symmetricDefault, in: "cks-2"))
    #expect(
      RequestCharge.charges(for: .encrypt, caller: caller, keys: [one]) == [
        RequestCharge(.symmetricCryptography, payer: caller),
        RequestCharge(.customKeyStore, payer: owner, customKeyStoreID: "cks-1"),
      ])
    #expect(
      RequestCharge.charges(for: .reEncrypt, caller: caller, keys: [one, two]) == [
        RequestCharge(.symmetricCryptography, payer: caller),
        RequestCharge(.customKeyStore, payer: owner, customKeyStoreID: "cks-1"),
        RequestCharge(.customKeyStore, payer: owner, customKeyStoreID: "cks-2"),
      ])
    #expect(
      RequestCharge.charges(for: .describeKey, caller: caller, keys: [one]) == [
        RequestCharge(.operation(.describeKey), payer: caller)
      ])
  }

  @Test func reEncryptCountsOnceForEachKindOfKey() throws {
    let caller = try Self.home(Self.caller)
    func quotas(_ source: KMSDomain.KeySpec, _ destination: KMSDomain.KeySpec) throws -> [RequestQuotaClass] {
      let keys = [try Self.key(source), try Self.key(destination)]
      return RequestCharge.charges(for: .reEncrypt, caller: caller, keys: keys).map(\.quota)
    }
    #expect(try quotas(.symmetricDefault, .symmetricDefault) == [.symmetricCryptography])
    #expect(try quotas(.rsa2048, .symmetricDefault) == [.rsaCryptography, .symmetricCryptography])
    #expect(try quotas(.sm2, .rsa4096) == [.eccCryptography, .rsaCryptography])
  }

  @Test func aReplicaCountsAsTwoKeysWhereItIsMade() throws {
    let caller = try Self.home(Self.caller)
    let target = try Self.home(Self.caller, "us-west-2")
    #expect(
      RequestCharge.charges(for: .replicateKey, caller: caller, replicaRegion: target.region) == [
        RequestCharge(.operation(.replicateKey), payer: caller),
        RequestCharge(.operation(.createKey), payer: target, requests: 2),
      ])
    #expect(
      RequestCharge.charges(for: .replicateKey, caller: caller) == [
        RequestCharge(.operation(.replicateKey), payer: caller)
      ])
  }
}
