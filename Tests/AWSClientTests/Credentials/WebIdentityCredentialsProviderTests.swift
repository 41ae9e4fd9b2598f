// Assuming a role with a token from a file.

import AWSJSON
import AWSSigV4
import Foundation
import Testing

@testable import AWSClient

@Suite("Web identity credentials provider")
struct WebIdentityCredentialsProviderTests {
  private static let success = SequenceTransport.Answer.reply(
    200,
    body: """
      <AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIA</AccessKeyId>\
      <SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken>\
      <Expiration>2026-07-25T18:20:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult>\
      </AssumeRoleWithWebIdentityResponse>
      """)

  private static func refusal(_ code: String, _ message: String = "no") -> SequenceTransport.Answer {
    .reply(
      400, body: "<ErrorResponse><Error><Code>\(code)</Code><Message>\(message)</Message></Error></ErrorResponse>")
  }

  /// A token file for the length of `body`.
  private func withFile(_ content: String?, _ body: (String) async throws -> Void) async throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "web-identity-\(UUID().uuidString)")
    if let content { try Data(content.utf8).write(to: url) }
    defer { try? FileManager.default.removeItem(at: url) }
    try await body(url.path)
  }

  private func provider(_ path: String, _ transport: SequenceTransport) -> WebIdentityCredentialsProvider {
    WebIdentityCredentialsProvider(
      roleARN: "arn:aws:iam::111122223333:role/app", sessionName: "s1", tokenFile: path,
      client: STSClient(
        region: "eu-central-1", endpointURL: "http://127.0.0.1:8270", transport: transport,
        clock: ManualClock().callClock))
  }

  @Test("the token goes into an unsigned form; a line's end does not")
  func exchange() async throws {
    try await withFile("eyJhbGciOi.J9+/=.c2ln\n") { path in
      let transport = SequenceTransport([Self.success])
      let credentials = try await provider(path, transport).credentials()
      #expect(credentials.accessKeyID == "ASIA")
      #expect(credentials.expiration == SigningTime(secondsSinceEpoch: 1_785_003_600))
      let request = try #require(transport.requests.first)
      #expect(
        String(decoding: request.body, as: UTF8.self)
          == "Action=AssumeRoleWithWebIdentity&Version=2011-06-15"
          + "&RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2Fapp&RoleSessionName=s1"
          + "&WebIdentityToken=eyJhbGciOi.J9%2B%2F%3D.c2ln")
      #expect(!request.headers.contains { $0.isNamed("authorization") || $0.isNamed("x-amz-date") })
    }
  }

  @Test("the file is read every time")
  func renewed() async throws {
    try await withFile("first") { path in
      let transport = SequenceTransport([Self.success, Self.success])
      let provider = provider(path, transport)
      _ = try await provider.credentials()
      try Data("second".utf8).write(to: URL(filePath: path))
      _ = try await provider.credentials()
      let tokens = transport.requests.map { String(decoding: $0.body, as: UTF8.self).split(separator: "=").last }
      #expect(tokens == ["first", "second"])
    }
  }

  @Test(
    "what is no token in a file is told without a request",
    arguments: [nil, "", " \n", String(repeating: "t", count: 65_537)] as [String?])
  func unusable(content: String?) async throws {
    try await withFile(content) { path in
      let transport = SequenceTransport([Self.success])
      let error = await #expect(throws: CredentialsError.self) { try await provider(path, transport).credentials() }
      #expect(error?.description.contains(path) == true)
      #expect(error?.description.contains("tttt") == false)
      #expect(transport.requests.isEmpty)
    }
  }

  @Test("a directory or a pipe is not read", arguments: ["/", "/dev/zero"])
  func special(path: String) async {
    let transport = SequenceTransport([Self.success])
    await #expect(throws: CredentialsError("\(path) is not a regular file")) {
      try await provider(path, transport).credentials()
    }
  }

  @Test(
    "that the identity provider could not be reached passes",
    arguments: [("IDPCommunicationError", 3), ("IDPRejectedClaim", 1), ("InvalidIdentityToken", 1)])
  func retries(code: String, attempts: Int) async throws {
    try await withFile("token") { path in
      let transport = SequenceTransport([SequenceTransport.Answer](repeating: Self.refusal(code), count: 4))
      await #expect(throws: CredentialsError("AssumeRoleWithWebIdentity: \(code): no")) {
        try await provider(path, transport).credentials()
      }
      #expect(transport.requests.count == attempts)
    }
  }

  @Test("an error that repeats the token is told without its text")
  func repeatedToken() async throws {
    try await withFile("eyJhbGciOiJSUzI1NiJ9.claims.signature") { path in
      let transport = SequenceTransport([
        Self.refusal("ValidationError", "Value 'eyJhbGciOiJSUzI1NiJ9.claims' failed to satisfy constraint")
      ])
      await #expect(throws: CredentialsError("AssumeRoleWithWebIdentity: ValidationError")) {
        try await provider(path, transport).credentials()
      }
    }
  }
}
