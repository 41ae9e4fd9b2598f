// The figures, and the names by which they are set.

import KMSModel
import KMSOperations
import Testing

@Suite
struct RequestQuotasTests {
  @Test func everyQuotaHasANameOfItsOwn() {
    let names = RequestQuotaClass.allCases.map(\.name)
    #expect(Set(names).count == names.count)
    for quota in RequestQuotaClass.allCases { #expect(RequestQuotaClass(name: quota.name) == quota) }
    for name in names { #expect(name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil, "\(name)") }
  }

  @Test(arguments: [
    ("symmetric-cryptography", RequestQuotaClass.symmetricCryptography), ("ml-dsa-cryptography", .mlDSACryptography),
    ("custom-key-store", .customKeyStore), ("generate-data-key-pair-rsa-4096", .dataKeyPair(.rsa4096)),
    ("generate-data-key-pair-ecc-nist-p256", .dataKeyPair(.eccNISTP256)),
    ("get-parameters-for-import", .operation(.getParametersForImport)), ("list-keys", .operation(.listKeys)),
  ])
  func namesAreThoseOfTheAPI(name: String, quota: RequestQuotaClass) {
    #expect(RequestQuotaClass(name: name) == quota)
  }

  @Test(arguments: ["", "encrypt", "ListKeys", "generate-data-key-pair", "list-keys "])
  func otherNamesAreNone(name: String) {
    #expect(RequestQuotaClass(name: name) == nil)
  }

  /// AWS's guide, "Request quotas".
  @Test func figuresOfKMS() {
    let figures: [(rate: Double, quotas: [RequestQuotaClass])] = [
      (10_000, [.symmetricCryptography]),
      (1000, [.rsaCryptography, .eccCryptography, .mlDSACryptography]),
      (1800, [.customKeyStore]),
      (
        100,
        [
          .dataKeyPair(.eccNISTP256), .dataKeyPair(.eccNISTP384), .dataKeyPair(.eccNISTP521),
          .dataKeyPair(.eccSECGP256K1), .dataKeyPair(.eccNISTEdwards25519),
        ]
      ),
      (25, [.dataKeyPair(.sm2)]), (20, [.dataKeyPair(.rsa2048)]), (4, [.dataKeyPair(.rsa3072)]),
      (1, [.dataKeyPair(.rsa4096)]),
      (2000, [.operation(.describeKey), .operation(.getPublicKey), .operation(.listResourceTags)]),
      (1000, [.operation(.getKeyPolicy), .operation(.getKeyRotationStatus)]),
      (500, [.operation(.listAliases), .operation(.listKeys)]),
      (
        100,
        [
          .operation(.listGrants), .operation(.listKeyPolicies), .operation(.listKeyRotations),
          .operation(.listRetirableGrants),
        ]
      ),
      (50, [.operation(.createGrant), .operation(.retireGrant), .operation(.revokeGrant)]),
      (
        15,
        [
          .operation(.deleteAlias), .operation(.enableKeyRotation), .operation(.putKeyPolicy),
          .operation(.scheduleKeyDeletion), .operation(.importKeyMaterial), .operation(.deleteImportedKeyMaterial),
        ]
      ),
      (10, [.operation(.tagResource)]), (1, [.operation(.getParametersForImport)]),
    ]
    var rest = Set(RequestQuotaClass.allCases)
    for (rate, quotas) in figures {
      for quota in quotas { #expect(RequestQuotas.kms[quota] == rate, "\(quota.name)") }
      rest.subtract(quotas)
    }
    #expect(rest.contains(.operation(.createKey)))
    for quota in rest { #expect(RequestQuotas.kms[quota] == 5, "\(quota.name)") }
  }

  @Test func noneLimitsNothing() {
    #expect(RequestQuotas.none.isEmpty)
    #expect(!RequestQuotas.kms.isEmpty)
    for quota in RequestQuotaClass.allCases { #expect(RequestQuotas.none[quota] == nil) }
  }

  @Test(arguments: [
    (0.0, 0.001), (-1, 0.001), (.nan, 0.001), (-.infinity, 0.001), (.infinity, 1_000_000), (2e6, 1_000_000), (0.5, 0.5),
  ])
  func ratesStayWithinReason(given: Double, kept: Double) {
    var quotas = RequestQuotas.none
    quotas[.customKeyStore] = given
    #expect(quotas[.customKeyStore] == kept)
    quotas[.customKeyStore] = nil
    #expect(quotas.isEmpty)
  }
}
