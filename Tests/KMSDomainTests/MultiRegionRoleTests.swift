// The Regions of related keys, as they come, go and change places.

import KMSDomain
import Testing

@Suite struct MultiRegionRoleTests {
  @Test func aSingleRegionKeyIsNeither() throws {
    let key = try TestKey.make()
    #expect(!key.isPrimary)
    #expect(!key.isReplica)
  }

  @Test(arguments: [("eu-west-1", true), ("us-east-1", false), ("us-west-2", false)])
  func aKeyOfASetIsOneOfThem(region: String, isPrimary: Bool) throws {
    let role = try TestKey.role(primary: "eu-west-1", replicas: "us-east-1", "us-west-2")
    let key = try TestKey.make(region: region, multiRegion: role)
    #expect(key.isPrimary == isPrimary)
    #expect(key.isReplica == !isPrimary)
  }

  @Test func thePrimarysRegionComesFirst() throws {
    let role = try TestKey.role(primary: "us-east-1", replicas: "eu-west-1", "us-west-2")
    #expect(role.regions.map(\.description) == ["us-east-1", "eu-west-1", "us-west-2"])
    #expect(try TestKey.role(primary: "us-east-1").regions.map(\.description) == ["us-east-1"])
  }

  @Test func replicasAreInOrderHoweverTheyCome() throws {
    var key = try TestKey.make(multiRegion: TestKey.role(primary: "eu-west-1"))
    for region in ["us-west-2", "ap-south-1", "us-east-1"] { key.relativeAdded(in: try #require(Region(region))) }
    let expected = try TestKey.role(primary: "eu-west-1", replicas: "ap-south-1", "us-east-1", "us-west-2")
    #expect(key.multiRegion == expected)
  }

  @Test func aPromotionExchangesTwoRegions() throws {
    let role = try TestKey.role(primary: "eu-west-1", replicas: "ap-south-1", "us-east-1", "us-west-2")
    let expected = try TestKey.role(primary: "us-east-1", replicas: "ap-south-1", "eu-west-1", "us-west-2")
    let east = try #require(Region("us-east-1"))
    for (region, isPrimary) in [("eu-west-1", false), ("us-east-1", true), ("ap-south-1", false)] {
      var key = try TestKey.make(region: region, multiRegion: role)
      key.promote(east)
      #expect(key.multiRegion == expected)
      #expect(key.isPrimary == isPrimary)
      #expect(key.isReplica == !isPrimary)
    }
  }

  @Test func aSingleRegionKeyHasNoRelatives() throws {
    let east = try #require(Region("us-east-1"))
    var key = try TestKey.make()
    key.relativeAdded(in: east)
    key.promote(east)
    key.relativeDeleted(in: east, now: TestKey.date)
    #expect(try key == TestKey.make())
  }
}
