// From a client's settings to its endpoint: with rules, without rules, with a URL of one's own.

import Testing

@testable import AWSClient

@Suite("Service endpoints")
struct ServiceEndpointTests {
  private static let plain = ServiceDescription(
    id: "Thing", name: "Thing", signingName: "sign", endpointPrefix: "thing")

  private static func service(rules: String) -> ServiceDescription {
    var service = plain
    service.endpointRules = EndpointRuleSet(json: rules)
    return service
  }

  private static func service(properties: String, headers: String = "{}") -> ServiceDescription {
    service(
      rules: #"""
        {"version": "1.0", "parameters": {"Region": {"type": "string"}}, "rules": [{"type": "endpoint", "endpoint":
          {"url": "https://{Region}.example", "properties": \#(properties), "headers": \#(headers)}}]}
        """#)
  }

  private func endpoint(
    of service: ServiceDescription = plain, region: String = "eu-west-1", url: String? = nil, fips: Bool = false,
    dualStack: Bool = false
  ) throws(ConfigurationError) -> ServiceEndpoint {
    try ServiceEndpoint(of: service, region: region, endpointURL: url, usesFIPS: fips, usesDualStack: dualStack)
  }

  @Test(
    "without rules it is the common form",
    arguments: [
      ("eu-west-1", false, false, "https://thing.eu-west-1.amazonaws.com/"),
      ("eu-west-1", true, false, "https://thing-fips.eu-west-1.amazonaws.com/"),
      ("eu-west-1", false, true, "https://thing.eu-west-1.api.aws/"),
      ("us-gov-west-1", true, true, "https://thing-fips.us-gov-west-1.api.aws/"),
      ("cn-north-1", false, false, "https://thing.cn-north-1.amazonaws.com.cn/"),
      ("cn-north-1", false, true, "https://thing.cn-north-1.api.amazonwebservices.com.cn/"),
      ("us-iso-east-1", false, false, "https://thing.us-iso-east-1.c2s.ic.gov/"),
    ])
  func commonForm(region: String, fips: Bool, dualStack: Bool, url: String) throws {
    let expected = ServiceEndpoint(
      url: try EndpointURL(url), signingRegion: region, signingName: "sign", headers: [:])
    #expect(try endpoint(region: region, fips: fips, dualStack: dualStack) == expected)
  }

  @Test("Regions named fips-… or …-fips ask for FIPS in the plain Region", arguments: [plain, PublishedEndpoints.kms])
  func pseudoRegions(service: ServiceDescription) throws {
    for region in ["fips-us-east-1", "us-east-1-fips"] {
      let endpoint = try endpoint(of: service, region: region)
      #expect(endpoint.url.url == "https://\(service.endpointPrefix)-fips.us-east-1.amazonaws.com/")
      #expect(endpoint.signingRegion == "us-east-1")
      #expect(throws: ConfigurationError.self) { try self.endpoint(of: service, region: region, url: "https://h") }
    }
  }

  @Test(
    "what is no Region",
    arguments: ["", "-", "EU-WEST-1", "eu.west", "a/b", "fips-", "-fips", "fips--a", "a--fips", "{Region}"])
  func invalidRegions(region: String) {
    for service in [Self.plain, PublishedEndpoints.kms] {
      #expect(throws: ConfigurationError.invalidRegion) { try endpoint(of: service, region: region) }
      #expect(throws: ConfigurationError.invalidRegion) { try endpoint(of: service, region: region, url: "https://h") }
    }
  }

  @Test("a URL of one's own is used as it is, and signed for the Region", arguments: [plain, PublishedEndpoints.kms])
  func customEndpoint(service: ServiceDescription) throws {
    for url in ["http://127.0.0.1:8270", "https://kms.example/base", "http://[::1]:8270"] {
      let expected = ServiceEndpoint(
        url: try EndpointURL(url), signingRegion: "local", signingName: service.signingName, headers: [:])
      #expect(try endpoint(of: service, region: "local", url: url) == expected)
    }
  }

  @Test("a URL of one's own goes with neither FIPS nor dual stack", arguments: [plain, PublishedEndpoints.kms])
  func customEndpointAlone(service: ServiceDescription) {
    let fips = "Invalid Configuration: FIPS and custom endpoint are not supported"
    #expect(throws: ConfigurationError.invalidEndpoint(reason: fips)) {
      try endpoint(of: service, url: "https://h", fips: true)
    }
    let dualStack = "Invalid Configuration: Dualstack and custom endpoint are not supported"
    #expect(throws: ConfigurationError.invalidEndpoint(reason: dualStack)) {
      try endpoint(of: service, url: "https://h", dualStack: true)
    }
  }

  @Test("a URL that cannot be used is told from one that is not wanted", arguments: [plain, PublishedEndpoints.kms])
  func invalidURL(service: ServiceDescription) {
    #expect(throws: ConfigurationError.invalidEndpoint(reason: "its scheme is neither http nor https")) {
      try endpoint(of: service, url: "ftp://h", fips: true)
    }
    #expect(throws: ConfigurationError.invalidEndpoint(reason: "it has no scheme")) {
      try endpoint(of: service, url: "")
    }
  }

  // MARK: What rules say about signing

  @Test(
    "the rules' Region and service for signatures",
    arguments: [
      ("{}", "eu-west-1", "sign"), (#"{"authSchemes": []}"#, "eu-west-1", "sign"),
      (#"{"authSchemes": [{"name": "sigv4"}]}"#, "eu-west-1", "sign"),
      (#"{"authSchemes": [{"name": "sigv4", "signingRegion": "us-east-1"}]}"#, "us-east-1", "sign"),
      (#"{"authSchemes": [{"name": "sigv4", "signingName": "n", "signingRegion": "x-{Region}"}]}"#, "x-eu-west-1", "n"),
      (
        #"{"authSchemes": [{"name": "sigv4a", "signingRegionSet": ["*"]}, {"name": "sigv4", "signingName": "n"}]}"#,
        "eu-west-1", "n"
      ),
    ])
  func signing(properties: String, region: String, name: String) throws {
    let endpoint = try endpoint(of: Self.service(properties: properties))
    #expect(endpoint.signingRegion == region)
    #expect(endpoint.signingName == name)
  }

  @Test("rules that want other signatures only are an error")
  func otherSignatures() {
    let service = Self.service(properties: #"{"authSchemes": [{"name": "sigv4a"}, {"name": "bearer"}]}"#)
    #expect(throws: ConfigurationError.invalidEndpoint(reason: "it does not take Signature Version 4")) {
      try endpoint(of: service)
    }
  }

  @Test("the rules' header fields")
  func headers() throws {
    let service = Self.service(properties: "{}", headers: #"{"x-amz-region": ["{Region}", "b"]}"#)
    #expect(try endpoint(of: service).headers == ["x-amz-region": ["eu-west-1", "b"]])
  }

  // MARK: Rules that do not fit

  @Test("rules without a parameter for a wish do not pass it over")
  func undeclared() throws {
    let service = Self.service(properties: "{}")
    #expect(throws: ConfigurationError.invalidEndpoint(reason: "the service has no FIPS endpoints")) {
      try endpoint(of: service, fips: true)
    }
    #expect(throws: ConfigurationError.invalidEndpoint(reason: "the service has no dual-stack endpoints")) {
      try endpoint(of: service, dualStack: true)
    }
    #expect(try endpoint(of: service, url: "https://h").url == EndpointURL("https://h"))
  }

  @Test("rules that cannot be read are an error of every configuration, and so is a URL that no request can go to")
  func unusable() {
    for rules in ["", #"{"version": "1.0", "parameters": {}, "rules": []}"#] {
      for url in [nil, "https://h"] where !(url != nil && !rules.isEmpty) {
        #expect {
          try endpoint(of: Self.service(rules: rules), url: url)
        } throws: { error in
          guard case .invalidEndpoint(let reason)? = error as? ConfigurationError else { return false }
          return !reason.isEmpty
        }
      }
    }
    let nowhere =
      #"{"version": "1.0", "parameters": {}, "rules": [{"type": "endpoint", "endpoint": {"url": "nowhere"}}]}"#
    #expect(throws: ConfigurationError.invalidEndpoint(reason: "it has no scheme")) {
      try endpoint(of: Self.service(rules: nowhere))
    }
  }
}
