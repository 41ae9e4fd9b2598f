// KMS's own rules against the cases AWS publishes for them (Smithy trait `smithy.rules#endpointTests`).

import Foundation
import Testing

@testable import AWSClient

@Suite(
  "KMS's endpoint rules",
  .enabled(if: PublishedEndpoints.areExpected, "there is no \(PublishedEndpoints.casesFile.path)"))
struct KMSEndpointTests {
  @Test("every published case is run, endpoints and errors")
  func completeness() throws {
    let cases = try PublishedEndpoints.readCases()
    #expect(cases.count == 68)
    #expect(cases.count == PublishedEndpoints.cases.count)
    #expect(try cases.count == PublishedEndpoints.numberedCases().count)
    #expect(cases.count { if case .error = $0.expectation { true } else { false } } == 3)
    #expect(try PublishedEndpoints.readKMSRules() == PublishedEndpoints.kmsRules)
  }

  @Test("the rules give what is published", arguments: PublishedEndpoints.cases)
  func rules(published: PublishedEndpointCase) throws {
    let rules = try #require(PublishedEndpoints.kms.endpointRules)
    let partitions = try Partitions.published.get()
    switch published.expectation {
    case .url(let url):
      #expect(try rules.endpoint(for: published.parameters, partitions: partitions) == ResolvedEndpoint(url: url))
    case .error(let text):
      #expect(throws: EndpointRuleError.refused(text)) {
        try rules.endpoint(for: published.parameters, partitions: partitions)
      }
    }
  }

  @Test(
    "a client's settings give it too",
    arguments: PublishedEndpoints.cases.filter { $0.parameters["Region"] != nil })
  func settings(published: PublishedEndpointCase) throws {
    let region = try #require(published.parameters["Region"]?.string)
    func endpoint() throws(ConfigurationError) -> ServiceEndpoint {
      try ServiceEndpoint(
        of: PublishedEndpoints.kms, region: region, endpointURL: published.parameters["Endpoint"]?.string,
        usesFIPS: published.parameters["UseFIPS"] == .boolean(true),
        usesDualStack: published.parameters["UseDualStack"] == .boolean(true))
    }
    switch published.expectation {
    case .url(let url):
      let expected = ServiceEndpoint(
        url: try EndpointURL(url), signingRegion: region, signingName: "kms", headers: [:])
      #expect(try endpoint() == expected)
    case .error(let text):
      #expect(throws: ConfigurationError.invalidEndpoint(reason: text)) { try endpoint() }
    }
  }
}
