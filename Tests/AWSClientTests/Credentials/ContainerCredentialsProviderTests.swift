// The credentials endpoint of a container: where it may be, what it is shown, what it says.

import AWSJSON
import AWSSigV4
import Foundation
import SecureMemory
import Testing

@testable import AWSClient

@Suite("Container credentials provider")
struct ContainerCredentialsProviderTests {
  private static let relative = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"
  private static let full = "AWS_CONTAINER_CREDENTIALS_FULL_URI"
  private static let token = "AWS_CONTAINER_AUTHORIZATION_TOKEN"
  private static let tokenFile = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"

  private static let success = SequenceTransport.Answer.reply(
    200,
    body: #"""
      {"RoleArn":"arn:aws:iam::111122223333:role/task","AccessKeyId":"ASIA","SecretAccessKey":"se\/cret",
       "Token":"token","Expiration":"2026-07-25T18:20:00Z","AccountId":"111122223333"}
      """#)

  private func provider(
    _ environment: DictionaryEnvironment, _ transport: SequenceTransport
  ) throws -> ContainerCredentialsProvider {
    try #require(
      ContainerCredentialsProvider(
        environment: environment, transport: transport, clock: ManualClock().callClock))
  }

  @Test(
    "addresses",
    arguments: [
      (relative, "/v2/credentials/1-2", "http://169.254.170.2/v2/credentials/1-2", "169.254.170.2"),
      (relative, "/get?a=b", "http://169.254.170.2/get?a=b", "169.254.170.2"),
      (full, "http://169.254.170.23/v1/credentials", "http://169.254.170.23/v1/credentials", "169.254.170.23"),
      (full, "http://169.254.170.2", "http://169.254.170.2/", "169.254.170.2"),
      (full, "http://[fd00:ec2::23]/v1", "http://[fd00:ec2::23]/v1", "[fd00:ec2::23]"),
      (full, "http://[FD00:0EC2:0:0::23]:80/v1", "http://[fd00:0ec2:0:0::23]/v1", "[fd00:0ec2:0:0::23]"),
      (full, "http://localhost:1234/a/b?c=%20d", "http://localhost:1234/a/b?c=%20d", "localhost:1234"),
      (full, "http://127.9.9.9:8080/x", "http://127.9.9.9:8080/x", "127.9.9.9:8080"),
      (full, "http://[::1]:1/x", "http://[::1]:1/x", "[::1]:1"),
      (full, "https://credentials.example:8443/x", "https://credentials.example:8443/x", "credentials.example:8443"),
    ])
  func addresses(variable: String, value: String, url: String, host: String) async throws {
    let transport = SequenceTransport([Self.success])
    var environment = DictionaryEnvironment()
    environment.values[variable] = value
    let credentials = try await provider(environment, transport).credentials()
    #expect(
      credentials
        == Credentials(
          accessKeyID: "ASIA", secretAccessKey: SecretBytes("se/cret".utf8), sessionToken: "token",
          expiration: SigningTime(secondsSinceEpoch: 1_785_003_600)))
    let request = try #require(transport.requests.first)
    #expect(request.method == .get && request.body.isEmpty)
    #expect(request.url == url)
    #expect(request.headers.first { $0.isNamed("host") }?.value == host)
    #expect(!request.headers.contains { $0.isNamed("authorization") })
  }

  @Test(
    "addresses that could be anybody's are refused, and the token is not shown to them",
    arguments: [
      (relative, "v2/credentials"), (relative, ".evil.example/x"), (relative, "@evil.example/"), (relative, "/a b"),
      (relative, "/a\r\nX-Evil: 1"), (relative, "/a#b"),
      (full, "http://credentials.example/x"), (full, "http://169.254.169.254/x"), (full, "http://10.0.0.1/x"),
      (full, "http://127.0.0.1.evil.example/x"), (full, "http://localhost.evil.example/"), (full, "http://127.1/x"),
      (full, "http://2130706433/"), (full, "http://0x7f000001/"), (full, "http://[::ffff:127.0.0.1]/"),
      (full, "http://[::2]/"), (full, "http://[fd00:ec2::254]/"), (full, "http://user@localhost/"),
      (full, "http://localhost@evil.example/"), (full, "http://evil.example?@localhost/"),
      (full, "http://localhost?a"), (full, "ftp://localhost/"), (full, "localhost/x"), (full, "http:///x"),
      (full, "http://localhost/\u{0}"), (full, "http://localhost/x#y"), (full, "//localhost/x"),
    ])
  func refusedAddresses(variable: String, value: String) async throws {
    let transport = SequenceTransport([Self.success])
    var environment: DictionaryEnvironment = [Self.token: "t0k3n"]
    environment.values[variable] = value
    let provider = try provider(environment, transport)
    let error = await #expect(throws: CredentialsError.self) { try await provider.credentials() }
    #expect(error?.description.contains(variable) == true)
    #expect(transport.requests.isEmpty)
  }

  @Test("there is no such provider unless a variable asks for it")
  func unset() {
    let environment: DictionaryEnvironment = [Self.relative: "", Self.token: "t0k3n"]
    #expect(ContainerCredentialsProvider(environment: environment) == nil)
  }

  @Test("the relative URI wins")
  func both() async throws {
    let transport = SequenceTransport([Self.success])
    let provider = try provider([Self.relative: "/r", Self.full: "http://localhost/f"], transport)
    _ = try await provider.credentials()
    #expect(transport.requests.map(\.url) == ["http://169.254.170.2/r"])
  }

  @Test("the token of the variable; that of the file wins, and is read every time")
  func tokens() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "container-token-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data("Bearer one".utf8).write(to: file)
    let transport = SequenceTransport([Self.success, Self.success, Self.success])
    let fromFile = try provider(
      [Self.full: "http://localhost/f", Self.token: "other", Self.tokenFile: file.path], transport)
    _ = try await fromFile.credentials()
    try Data("Bearer two".utf8).write(to: file)
    _ = try await fromFile.credentials()
    _ = try await provider([Self.full: "http://localhost/f", Self.token: "Basic abc"], transport).credentials()
    let shown = transport.requests.map { request in request.headers.first { $0.isNamed("authorization") }?.value }
    #expect(shown == ["Bearer one", "Bearer two", "Basic abc"])
  }

  @Test(
    "a token that would break out of its header field is refused, and not repeated",
    arguments: ["t0k3n\r\nX-Evil: 1", "t0k3n\n", "\rt0k3n", "t0k3n\u{0}", "t0k3n\u{E9}"])
  func forgedTokens(token: String) async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "container-token-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(token.utf8).write(to: file)
    for environment: DictionaryEnvironment in [
      [Self.relative: "/r", Self.token: token], [Self.relative: "/r", Self.tokenFile: file.path],
    ] {
      let transport = SequenceTransport([Self.success])
      let provider = try provider(environment, transport)
      let error = await #expect(throws: CredentialsError.self) { try await provider.credentials() }
      #expect(error?.description.contains("t0k3n") == false)
      #expect(transport.requests.isEmpty)
    }
  }

  @Test(
    "failures",
    arguments: [
      (
        [.reply(400, body: #"{"code":"InvalidRole","message":"no such role"}"#)], 1,
        "the container's credentials: InvalidRole: no such role"
      ),
      ([.reply(404, body: "not found")], 1, "the container's credentials: HTTP status 404"),
      (
        [.reply(401, body: #"{"message":"Basic t0k3n-of-mine is wrong"}"#)], 1,
        "the container's credentials: HTTP status 401"
      ),
      (
        [.reply(500), .reply(503), .reply(500, body: #"{"code":["x"],"message":"busy"}"#), success], 3,
        "the container's credentials: HTTP status 500: busy"
      ),
      ([.failure(.connection(TransportError("refused", mayHaveReachedServer: false))), success], 2, nil),
      ([.reply(429, body: ""), success], 2, nil),
      (
        [.reply(200, body: #"{"Code":"AssumeRoleUnauthorizedAccess","Message":"not you"}"#)], 1,
        "the container's credentials: the document has no credentials: AssumeRoleUnauthorizedAccess: not you"
      ),
    ] as [([SequenceTransport.Answer], Int, String?)])
  func failures(answers: [SequenceTransport.Answer], attempts: Int, text: String?) async throws {
    let transport = SequenceTransport(answers)
    let provider = try provider([Self.relative: "/r", Self.token: "Basic t0k3n-of-mine"], transport)
    if let text {
      await #expect(throws: CredentialsError(text)) { try await provider.credentials() }
    } else {
      #expect(try await provider.credentials().accessKeyID == "ASIA")
    }
    #expect(transport.requests.count == attempts)
  }

  @Test("prints no token")
  func redaction() throws {
    let provider = try provider([Self.relative: "/r", Self.token: "t0k3n"], SequenceTransport([]))
    var dumped = ""
    dump(provider, to: &dumped)
    #expect(!dumped.contains("t0k3n"))
  }
}
