// Whatever comes in, an answer goes out, and it is never a 500.

import AWSSigV4
import KMSModel
import KMSService
import Testing

@Suite struct RobustnessTests {
  static let bodies = [
    "", "{", "}", "[]", "null", "\"x\"", "0", "{}x", "{\"KeyId\":}", "{\"KeyId\":1}", "{\"KeyId\":null}",
    "{\"KeyId\":{}}",
    "{\"KeyId\":\"\\ud800\"}", "{\"Plaintext\":\"%%%\"}", "{\"Plaintext\":\"QQ\"}", "{\"NumberOfBytes\":1e999}",
    "{\"NumberOfBytes\":99999999999999999999}", "{\"NumberOfBytes\":1.5}", "{\"EncryptionContext\":[]}",
    "{\"EncryptionContext\":{\"a\":1}}", "{\"GrantTokens\":\"x\"}", "{\"DryRun\":\"true\"}", "{\"Limit\":-1}",
    "{\"CiphertextBlob\":\"AA==\"}", "{\"KeyId\":\"arn:\"}", "{\"KeyId\":\"alias/\"}", "{\"Marker\":\"x\"}",
    String(repeating: "[", count: 100_000), "{\"a\":" + String(repeating: "{\"a\":", count: 10_000),
  ]

  @Test(arguments: KMSOperation.allCases)
  func everyOperationRefusesRubbish(operation: KMSOperation) async throws {
    let service = try await TestService()
    for body in Self.bodies + ["\u{FEFF}{}"] {
      let response = await service.respond(target: "TrentService.\(operation.rawValue)", body: Array(body.utf8))
      #expect(response.status == 200 || response.status == 400, "\(body.prefix(40)): \(response.status)")
      #expect(response.headers.contains { $0.isNamed("x-amzn-requestid") })
    }
    let invalidUTF8 = await service.respond(
      target: "TrentService.\(operation.rawValue)",
      body: Array("{\"KeyId\":\"".utf8) + [0xC0, 0x80] + Array("\"}".utf8))
    #expect(invalidUTF8.status == 400)
  }

  @Test(arguments: [
    ("POST", "/", "TrentService.Nonsense"), ("POST", "/", "TrentService."), ("POST", "/", "Encrypt"), ("POST", "/", ""),
    ("POST", "/", "trentservice.Encrypt"), ("POST", "/", "TrentService.encrypt"), ("GET", "/", "TrentService.Encrypt"),
    ("POST", "/keys", "TrentService.Encrypt"), ("PUT", "/", "TrentService.Encrypt"),
  ])
  func unknownTargets(method: String, path: String, target: String) async throws {
    let service = try await TestService()
    let response = await service.respond(
      to: ServiceRequest(
        method: method, target: path, headers: [HeaderField(name: "X-Amz-Target", value: target)], body: []))
    #expect(response.status == 400)
    #expect(try TestService.refusal(response).code == "UnknownOperationException")
  }

  @Test func noCredentials() async throws {
    let service = try await TestService()
    let response = await service.respond(
      to: ServiceRequest(
        method: "POST", target: "/", headers: [HeaderField(name: "X-Amz-Target", value: "TrentService.ListKeys")],
        body: []))
    #expect(
      try TestService.refusal(response)
        == TestService.Refusal(
          status: 400, code: "MissingAuthenticationTokenException", message: "Missing Authentication Token"))
  }
}
