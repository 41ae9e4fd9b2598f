// No published protocol test of JsonProtocol is missing here.

import ProtocolTestHarness
import Testing

@Suite struct CompletenessTests {
  @Test(
    "Every published test of the service is a test here, or one for servers", .enabled(if: PublishedModel.isExpected))
  func complete() throws {
    let published = try CaseIndex(
      publishedFor: "aws.protocoltests.json#JsonProtocol", protocol: "aws.protocols#awsJson1_1")
    #expect(CaseIndex.generated == published)
    #expect(published.count == 118)
    #expect(published.serverRequests.count + published.serverResponses.count == 4)
  }

  /// Machine Learning's clients send a request for a prediction to the host that its input names. Neither the protocol
  /// nor a trait of the model says so, and generated clients do only what those say.
  @Test(
    "One test in the model belongs to no awsJson service of the protocol tests", .enabled(if: PublishedModel.isExpected)
  )
  func outside() throws {
    let services = [
      "aws.protocoltests.json#JsonProtocol", "aws.protocoltests.json10#JsonRpc10",
      "aws.protocoltests.json10#QueryCompatibleJsonRpc10",
    ]
    let protocols: Set = ["aws.protocols#awsJson1_0", "aws.protocols#awsJson1_1"]
    let others = try PublishedModel().shapesWithTests(of: protocols, outsideOf: services)
    #expect(others == ["com.amazonaws.machinelearning#Predict"])
  }
}
