// Which Region is in which partition.

import Testing

@testable import AWSClient

@Suite("Partitions")
struct PartitionsTests {
  @Test(
    "listed Regions, Regions newer than the list, and what is neither",
    arguments: [
      ("us-east-1", "aws", "amazonaws.com", "api.aws"), ("mx-central-1", "aws", "amazonaws.com", "api.aws"),
      ("aws-global", "aws", "amazonaws.com", "api.aws"), ("eu-south-9", "aws", "amazonaws.com", "api.aws"),
      ("cn-north-1", "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
      ("cn-south-12", "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
      ("aws-cn-global", "aws-cn", "amazonaws.com.cn", "api.amazonwebservices.com.cn"),
      ("us-gov-west-1", "aws-us-gov", "amazonaws.com", "api.aws"),
      ("us-gov-north-1", "aws-us-gov", "amazonaws.com", "api.aws"),
      ("us-iso-east-1", "aws-iso", "c2s.ic.gov", "api.aws.ic.gov"),
      ("us-iso-north-7", "aws-iso", "c2s.ic.gov", "api.aws.ic.gov"),
      ("us-isob-east-1", "aws-iso-b", "sc2s.sgov.gov", "api.aws.scloud"),
      ("eu-isoe-west-1", "aws-iso-e", "cloud.adc-e.uk", "api.cloud-aws.adc-e.uk"),
      ("us-isof-south-1", "aws-iso-f", "csp.hci.ic.gov", "api.aws.hci.ic.gov"),
      ("eusc-de-east-1", "aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu"),
      ("eusc-de-west-2", "aws-eusc", "amazonaws.eu", "api.amazonwebservices.eu"),
      ("local", "aws", "amazonaws.com", "api.aws"), ("", "aws", "amazonaws.com", "api.aws"),
      ("cn-north", "aws", "amazonaws.com", "api.aws"), ("xcn-north-1", "aws", "amazonaws.com", "api.aws"),
      ("cn-north-1x", "aws", "amazonaws.com", "api.aws"),
    ])
  func partition(region: String, id: String, suffix: String, dualStackSuffix: String) throws {
    let partition = try Partitions.published.get().partition(ofRegion: region)
    #expect(partition.id == id)
    #expect(partition.dnsSuffix == suffix)
    #expect(partition.dualStackDNSSuffix == dualStackSuffix)
    #expect(
      partition.record
        == .record([
          "name": .string(id), "dnsSuffix": .string(suffix), "dualStackDnsSuffix": .string(dualStackSuffix),
          "supportsFIPS": .boolean(partition.supportsFIPS), "supportsDualStack": .boolean(partition.supportsDualStack),
          "implicitGlobalRegion": .string(partition.implicitGlobalRegion),
        ]))
    #expect(try evaluate(#"{"fn": "aws.partition", "argv": ["\#(region)"]}"#) == partition.record)
  }

  @Test("a list's order decides nothing: what is listed comes before what matches")
  func listedFirst() throws {
    let partitions = try Partitions(
      json: #"""
        {"partitions": [
          {"id": "aws", "regionRegex": "^us\\-\\w+\\-\\d+$", "regions": {}, "outputs": {"dnsSuffix": "a",
            "dualStackDnsSuffix": "a", "supportsFIPS": true, "supportsDualStack": false, "implicitGlobalRegion": "x"}},
          {"id": "other", "regionRegex": "^ot\\-\\d+$", "regions": {"us-other-1": {}}, "outputs": {"dnsSuffix": "o",
            "dualStackDnsSuffix": "o", "supportsFIPS": false, "supportsDualStack": true, "implicitGlobalRegion": "x"}}
        ]}
        """#)
    #expect(partitions.partition(ofRegion: "us-other-1").id == "other")
    #expect(partitions.partition(ofRegion: "us-east-1").id == "aws")
    #expect(partitions.partition(ofRegion: "ot-1").supportsFIPS == false)
    #expect(partitions.partition(ofRegion: "nowhere").supportsDualStack == false)
  }

  @Test(
    "a list that cannot be read is an error",
    arguments: [
      "", "[]", "{}", #"{"partitions": []}"#, #"{"partitions": [1]}"#, #"{"partitions": [{"id": "aws"}]}"#,
      #"{"partitions": [{"id": "aws", "regions": {}, "regionRegex": "(", "outputs": {}}]}"#,
      list(id: "aws", pattern: "("),
      list(id: "b", pattern: "a"),
    ])
  func malformed(text: String) {
    #expect(throws: EndpointRuleError.self) { try Partitions(json: text) }
  }

  @Test("a list of one partition")
  func single() throws {
    #expect(try Partitions(json: Self.list(id: "aws", pattern: "a")).partition(ofRegion: "x").dnsSuffix == "d")
  }

  private static func list(id: String, pattern: String) -> String {
    #"""
    {"partitions": [{"id": "\#(id)", "regions": {}, "regionRegex": "\#(pattern)", "outputs": {"dnsSuffix": "d",
      "dualStackDnsSuffix": "a", "supportsFIPS": true, "supportsDualStack": true, "implicitGlobalRegion": "x"}}]}
    """#
  }
}
