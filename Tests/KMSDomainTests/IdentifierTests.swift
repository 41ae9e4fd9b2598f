// Key ids, ARNs, alias names, accounts and Regions: what is well-formed and what is not.

import KMSDomain
import Testing

@Suite struct IdentifierTests {
  static let uuid = "1234abcd-12ab-34cd-56ef-1234567890ab"
  static let multiRegion = "mrk-1234abcd12ab34cd56ef1234567890ab"

  @Test(arguments: [uuid, multiRegion])
  func wellFormedKeyIDs(text: String) { #expect(KeyID(text)?.description == text) }

  @Test(arguments: [
    "", "1234abcd12ab34cd56ef1234567890ab", "mrk-foo", "mrk-1234ABCD12ab34cd56ef1234567890ab",
    "1234ABCD-12ab-34cd-56ef-1234567890ab", "1234abcd-12ab-34cd-56ef-1234567890a",
    "1234abcd-12ab-34cd-56ef-1234567890abc",
    "1234abcd_12ab-34cd-56ef-1234567890ab", "１234abcd-12ab-34cd-56ef-1234567890ab",
  ])
  func malformedKeyIDs(text: String) { #expect(KeyID(text) == nil) }

  @Test func freshKeyIDsAreWellFormed() {
    for seed in UInt8.min ... .max {
      let bytes = (0..<16).map { UInt8(truncatingIfNeeded: Int(seed) &* 37 &+ $0 &* 101) }
      for multiRegion in [false, true] {
        let id = KeyID(random: bytes, multiRegion: multiRegion)
        #expect(id.flatMap { KeyID($0.description) } == id)
        #expect(id?.isMultiRegion == multiRegion)
      }
    }
    #expect(KeyID(random: [1, 2, 3], multiRegion: false) == nil)
  }

  @Test(arguments: ["123456789012", "000000000000"])
  func accounts(text: String) { #expect(AccountID(text)?.description == text) }

  @Test(arguments: ["", "12345678901", "1234567890123", "12345678901a", "12345678901٣"])
  func malformedAccounts(text: String) { #expect(AccountID(text) == nil) }

  @Test(arguments: [("us-east-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")])
  func partitions(region: String, partition: String) { #expect(Region(region)?.partition == partition) }

  @Test(arguments: ["", "US-EAST-1", "us east", "us-east-1\n", String(repeating: "a", count: 33)])
  func malformedRegions(text: String) { #expect(Region(text) == nil) }

  @Test(arguments: ["alias/a", "alias/app/blue_2-X", "alias/" + String(repeating: "a", count: 250)])
  func aliasNames(text: String) { #expect(AliasName(text)?.description == text) }

  @Test(arguments: [
    "", "alias/", "app", "Alias/app", "alias/a:b", "alias/a b", "alias/é",
    "alias/" + String(repeating: "a", count: 251),
  ])
  func malformedAliasNames(text: String) { #expect(AliasName(text) == nil) }

  @Test func reservedAliasNames() {
    #expect(AliasName("alias/aws/s3")?.isReserved == true)
    #expect(AliasName("alias/awsome")?.isReserved == false)
  }
}
