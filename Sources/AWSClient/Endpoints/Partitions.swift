// The groups of Regions that AWS runs apart from each other, and how their host names end.

internal import AWSJSON

/// A group of Regions under one domain name.
struct Partition: Sendable {
  /// The name in ARNs: `aws`, `aws-cn`.
  let id: String
  let dnsSuffix: String
  let dualStackDNSSuffix: String
  let supportsFIPS: Bool
  let supportsDualStack: Bool
  /// The Region whose signatures services without Regions want.
  let implicitGlobalRegion: String
  fileprivate let regions: Set<String>
  fileprivate let regionPattern: PatternConstraint

  fileprivate init(_ json: JSONValue) throws(EndpointRuleError) {
    let partition = try RuleObject(json, role: "a partition")
    id = try partition.string("id")
    regions = Set(try partition.object("regions").all.keys)
    let outputs = try partition.object("outputs")
    dnsSuffix = try outputs.string("dnsSuffix")
    dualStackDNSSuffix = try outputs.string("dualStackDnsSuffix")
    supportsFIPS = try outputs.boolean("supportsFIPS")
    supportsDualStack = try outputs.boolean("supportsDualStack")
    implicitGlobalRegion = try outputs.string("implicitGlobalRegion")
    guard let regionPattern = try? PatternConstraint(compiling: try partition.string("regionRegex")) else {
      throw .invalidRules("the pattern of the Regions of \(id) cannot be read")
    }
    self.regionPattern = regionPattern
  }

  /// What the function `aws.partition` gives.
  var record: EndpointValue {
    .record([
      "name": .string(id),
      "dnsSuffix": .string(dnsSuffix),
      "dualStackDnsSuffix": .string(dualStackDNSSuffix),
      "supportsFIPS": .boolean(supportsFIPS),
      "supportsDualStack": .boolean(supportsDualStack),
      "implicitGlobalRegion": .string(implicitGlobalRegion),
    ])
  }
}

/// All partitions.
struct Partitions: Sendable {
  private let partitions: [Partition]
  private let fallback: Partition

  /// Those that AWS publishes.
  static let published = Result { () throws(EndpointRuleError) in try Partitions(json: PartitionsData.json) }

  /// Reads a `partitions.json` as AWS's SDKs have it.
  init(json text: String) throws(EndpointRuleError) {
    let json: JSONValue
    do {
      var reader = JSONReader(Array(text.utf8), maximumDepth: 16)
      json = try reader.readDocument()
      try reader.finish()
    } catch {
      throw .invalidRules("\(error)")
    }
    partitions = try RuleObject(json, role: "the list of partitions").array("partitions").map {
      (partition) throws(EndpointRuleError) in try Partition(partition)
    }
    guard let fallback = partitions.first(where: { $0.id == "aws" }) else {
      throw .invalidRules("there is no partition 'aws'")
    }
    self.fallback = fallback
  }

  /// The partition that lists `region`; or whose Regions have such names, for a Region newer than the list; or `aws`.
  func partition(ofRegion region: String) -> Partition {
    partitions.first { $0.regions.contains(region) }
      ?? partitions.first { $0.regionPattern.matches(region) }
      ?? fallback
  }
}
