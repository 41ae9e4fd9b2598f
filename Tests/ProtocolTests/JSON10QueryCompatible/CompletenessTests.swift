// No published protocol test of QueryCompatibleJsonRpc10 is missing here.

import ProtocolTestHarness
import Testing

@Suite struct CompletenessTests {
  @Test(
    "Every published test of the service is a test here, or one for servers", .enabled(if: PublishedModel.isExpected))
  func complete() throws {
    let published = try CaseIndex(
      publishedFor: "aws.protocoltests.json10#QueryCompatibleJsonRpc10", protocol: "aws.protocols#awsJson1_0")
    #expect(CaseIndex.generated == published)
    #expect(published.count == 3)
    #expect(published.serverRequests.count + published.serverResponses.count == 0)
  }
}
