// A wrong clock is corrected from the service's own, once; a wrong secret is not mistaken for one.

import AWSSigV4
import KMSClient
import Testing

@testable import AWSClient

@Suite struct ClockSkewTests {
  // The client's clock says 2026-07-25T17:20:00Z.
  private let local: Int64 = 1_785_000_000

  private func client(_ transport: SequenceTransport) -> KMSClient {
    KMSClient(
      runtime: ClientRuntime(
        KMSClient.Configuration.endpoint(
          "http://127.0.0.1:8270", region: "us-east-1",
          credentials: .static(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret")),
        transport: transport, ownTransport: nil, clock: ManualClock(start: local).callClock))
  }

  private func signedAt(_ request: TransportRequest) -> String? {
    request.headers.first { $0.isNamed("x-amz-date") }?.value
  }

  @Test(
    "the next attempt, and every later call, is signed with the service's time",
    arguments: ["InvalidSignatureException", "RequestTimeTooSkewed", "RequestExpired", "SignatureDoesNotMatch"])
  func corrects(code: String) async throws {
    let page = SequenceTransport.Answer.reply(200, body: #"{"Keys":[],"Truncated":false}"#)
    let transport = SequenceTransport([
      .error(code, headers: ["Date": "Sat, 25 Jul 2026 19:20:00 GMT"]), page, page,
    ])
    let kms = client(transport)
    _ = try await kms.listKeys()
    _ = try await kms.listKeys()
    #expect(
      transport.requests.map(signedAt) == ["20260725T172000Z", "20260725T192000Z", "20260725T192000Z"])
  }

  @Test(
    "a refused signature with clocks in agreement, or without a date, is final",
    arguments: ["Sat, 25 Jul 2026 17:23:00 GMT", "Sat, 25 Jul 2026 17:17:00 GMT", "yesterday", nil] as [String?])
  func wrongSecret(date: String?) async {
    let transport = SequenceTransport([
      .error("InvalidSignatureException", headers: date.map { ["Date": $0] } ?? [:]),
      .reply(200, body: #"{"Keys":[],"Truncated":false}"#),
    ])
    await #expect(throws: ListKeysError.self) { try await client(transport).listKeys() }
    #expect(transport.requests.count == 1)
  }

  @Test("a service that names another time in every refusal does not keep a call busy")
  func wanderingTime() async {
    let refusals = (18...23).map { hour in
      SequenceTransport.Answer.error(
        "InvalidSignatureException", headers: ["Date": "Sat, 25 Jul 2026 \(hour):20:00 GMT"])
    }
    let transport = SequenceTransport(refusals)
    await #expect(throws: ListKeysError.self) { try await client(transport).listKeys() }
    #expect(transport.requests.count == 2)
  }

  @Test("a service that refuses the corrected time too is believed")
  func correctedOnce() async {
    let refusal = SequenceTransport.Answer.error(
      "InvalidSignatureException", headers: ["Date": "Sat, 25 Jul 2026 19:20:00 GMT"])
    let transport = SequenceTransport([refusal, refusal, refusal])
    await #expect(throws: ListKeysError.self) { try await client(transport).listKeys() }
    #expect(transport.requests.count == 2)
  }
}
