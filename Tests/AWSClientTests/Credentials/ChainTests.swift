// Which of all places credentials are taken from.

import AWSJSON
import AWSSigV4
import FoundationEssentials
import SecureMemory
import Synchronization
import Testing

@testable import AWSClient

@Suite("Credentials chain")
struct ChainTests {
  /// Answers nothing: no host is there.
  private struct NoNetwork: Transport {
    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
      throw .connection(TransportError("nobody there", mayHaveReachedServer: false))
    }
  }

  private func chain(
    _ environment: [String: String], config: String? = nil, profile: String? = nil,
    transport: some Transport = NoNetwork()
  ) -> DefaultCredentialsProvider {
    let standard = ["HOME": "/home/app", "AWS_REGION": "eu-central-1", "AWS_EC2_METADATA_DISABLED": "true"]
    return DefaultCredentialsProvider(
      profile: profile, in: DictionaryEnvironment(standard.merging(environment) { $1 }),
      files: DictionaryFiles(config: config), transport: transport)
  }

  private static let environmentKeys = ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "s"]
  private static let profiles = """
    [default]
    aws_access_key_id = DEFAULT
    aws_secret_access_key = s
    [profile work]
    aws_access_key_id = WORK
    aws_secret_access_key = s
    [profile none]
    """

  @Test(
    "the order",
    arguments: [
      (environmentKeys, profiles, nil, "ENV"),
      (environmentKeys.merging(["AWS_PROFILE": "work"]) { $1 }, profiles, nil, "ENV"),
      ([:], profiles, nil, "DEFAULT"),
      (["AWS_PROFILE": "work"], profiles, nil, "WORK"),
      (environmentKeys, profiles, "work", "WORK"),
      (environmentKeys, profiles, "default", "DEFAULT"),
    ] as [([String: String], String, String?, String)])
  func order(environment: [String: String], config: String, profile: String?, expected: String) async throws {
    let provider = chain(environment, config: config, profile: profile)
    #expect(try await provider.credentials().accessKeyID == expected)
  }

  @Test(
    "the profile says where the instance's metadata is, unless a variable does",
    arguments: [
      ("ec2_metadata_service_endpoint = http://127.0.0.1:1338", [:], "http://127.0.0.1:1338/latest/api/token"),
      ("ec2_metadata_service_endpoint_mode = IPv6", [:], "http://[fd00:ec2::254]/latest/api/token"),
      (
        "ec2_metadata_service_endpoint = http://127.0.0.1:1338",
        ["AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:1339"], "http://127.0.0.1:1339/latest/api/token"
      ),
    ] as [(String, [String: String], String)])
  func instanceMetadata(setting: String, environment: [String: String], url: String) async {
    let transport = SequenceTransport([.reply(403)])
    let chain = chain(
      environment.merging(["AWS_EC2_METADATA_DISABLED": "false"]) { $1 }, config: "[default]\n\(setting)",
      transport: transport)
    await #expect(throws: CredentialsError.self) { try await chain.credentials() }
    #expect(transport.requests.map(\.url) == [url])
  }

  @Test("a web identity comes before the shared files")
  func webIdentity() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "keywright-\(UUID().uuidString)").path
    #expect(FileManager.default.createFile(atPath: file, contents: Data("jwt".utf8)))
    defer { try? FileManager.default.removeItem(atPath: file) }
    let service = TokenServiceTransport()
    let environment = [
      "AWS_WEB_IDENTITY_TOKEN_FILE": file, "AWS_ROLE_ARN": "arn:aws:iam::1:role/pod", "AWS_ROLE_SESSION_NAME": "p1",
    ]
    let provider = chain(environment, config: Self.profiles, transport: service)
    #expect(try await provider.credentials().accessKeyID == "pod")
    #expect(try await provider.credentials().accessKeyID == "pod")
    #expect(service.asked.map(\.form["RoleSessionName"]) == ["p1"])
    // A profile named in code overrules the surroundings.
    #expect(
      try await chain(environment, config: Self.profiles, profile: "work", transport: service).credentials()
        .accessKeyID == "WORK")
  }

  @Test(
    "a source that is set up and fails is the end",
    arguments: [
      (["AWS_ACCESS_KEY_ID": "A"], nil, "environment: AWS_SECRET_ACCESS_KEY is not set"),
      (["AWS_SECRET_ACCESS_KEY": "hunter2"], nil, "environment: AWS_ACCESS_KEY_ID is not set"),
      (["AWS_WEB_IDENTITY_TOKEN_FILE": "/f"], nil, "web identity: AWS_ROLE_ARN is not set"),
      (
        ["AWS_PROFILE": "gone"], nil,
        "shared files: no profile gone in /home/app/.aws/config or /home/app/.aws/credentials"
      ),
      ([:], "gone", "shared files: no profile gone in /home/app/.aws/config or /home/app/.aws/credentials"),
    ] as [([String: String], String?, String)])
  func broken(environment: [String: String], profile: String?, expected: String) async {
    await #expect(throws: CredentialsError(expected)) {
      try await chain(environment, config: Self.profiles, profile: profile).credentials()
    }
  }

  @Test("a container that does not answer is the end, too")
  func container() async throws {
    let environment = ["AWS_CONTAINER_CREDENTIALS_FULL_URI": "ftp://hunter2", "AWS_EC2_METADATA_DISABLED": ""]
    do {
      _ = try await chain(environment).credentials()
      Issue.record("there are no credentials")
    } catch {
      #expect(!error.description.contains("instance metadata"))
      #expect(!error.description.contains("hunter2"))
    }
  }

  @Test("nothing found: one line for each place")
  func nothing() async {
    await #expect(
      throws: CredentialsError(
        """
        no credentials found
        - environment: AWS_ACCESS_KEY_ID is not set
        - web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set
        - shared files: no profile default in /home/app/.aws/config or /home/app/.aws/credentials
        - container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set
        - instance metadata: AWS_EC2_METADATA_DISABLED is true
        """)
    ) { try await chain([:]).credentials() }
    await #expect(
      throws: CredentialsError(
        """
        no credentials found
        - shared files: profile none has no credentials
        - container: neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor AWS_CONTAINER_CREDENTIALS_FULL_URI is set
        - instance metadata: AWS_EC2_METADATA_DISABLED is true
        """)
    ) { try await chain(Self.environmentKeys, config: Self.profiles, profile: "none").credentials() }
  }

  // MARK: The chain itself

  private final class Scripted: CredentialsProvider, CredentialsSource {
    let name: String
    private let selection: @Sendable (Scripted) -> CredentialsSelection
    private let answers: Mutex<[Bool]>
    private let selections = Mutex(0)

    init(_ name: String, _ answers: [Bool] = [], _ selection: @escaping @Sendable (Scripted) -> CredentialsSelection) {
      self.name = name
      self.selection = selection
      self.answers = Mutex(answers)
    }

    var selectionCount: Int { selections.withLock { $0 } }

    func select() async throws(CredentialsError) -> CredentialsSelection {
      selections.withLock { $0 += 1 }
      return selection(self)
    }

    func credentials() async throws(CredentialsError) -> Credentials {
      guard answers.withLock({ $0.isEmpty ? true : $0.removeFirst() }) else { throw CredentialsError("not today") }
      return Credentials(accessKeyID: name, secretAccessKey: SecretBytes([1]))
    }
  }

  @Test("it stays with the first source that gave credentials, whatever becomes of it")
  func loyalty() async throws {
    let absent = Scripted("a") { _ in .notConfigured(reason: "not set") }
    let present = Scripted("b", [true, false, true]) { .provider($0) }
    let chain = CredentialsChain([absent, present])
    #expect(try await chain.credentials().accessKeyID == "b")
    await #expect(throws: CredentialsError("not today")) { try await chain.credentials() }
    #expect(try await chain.credentials().accessKeyID == "b")
    #expect(absent.selectionCount == 1 && present.selectionCount == 1)
  }

  @Test("before that every call looks anew")
  func retry() async throws {
    let present = Scripted("a", [false, true]) { .provider($0) }
    let chain = CredentialsChain([present])
    await #expect(throws: CredentialsError("not today")) { try await chain.credentials() }
    #expect(try await chain.credentials().accessKeyID == "a")
    #expect(present.selectionCount == 2)
  }

  @Test("where only asking tells, a failure is an absence")
  func perhaps() async throws {
    let first = Scripted("a", [false, false]) { .perhaps($0) }
    let second = Scripted("b") { .provider($0) }
    #expect(try await CredentialsChain([first, second]).credentials().accessKeyID == "b")
    await #expect(throws: CredentialsError("no credentials found\n- a: not today")) {
      try await CredentialsChain([first]).credentials()
    }
  }
}
