// The published cases of aws-signing-test-suite/v4 (awslabs/aws-c-auth), read from the test data beside the checkout.

import AWSSigV4
import Foundation
import SecureMemory
import Testing

/// One folder of the suite.
struct SigningTestCase: Sendable, CustomTestStringConvertible {
  struct Context: Decodable, Sendable {
    struct Credentials: Decodable, Sendable {
      let access_key_id: String
      let secret_access_key: String
      let token: String?
    }
    let credentials: Credentials
    let expiration_in_seconds: Int
    let normalize: Bool
    let region: String
    let service: String
    let sign_body: Bool
    let timestamp: String
    let omit_session_token: Bool?
  }

  let folder: URL
  let context: Context

  var name: String { folder.lastPathComponent }
  var testDescription: String { name }

  init(folder: URL) throws {
    self.folder = folder
    context = try JSONDecoder().decode(
      Context.self, from: Data(contentsOf: folder.appending(component: "context.json")))
  }

  func text(_ file: String) throws -> String {
    try String(contentsOf: folder.appending(component: file + ".txt"), encoding: .utf8)
  }

  /// A request file: request line, header lines (a line that begins with white space continues the one before), body.
  func request(_ file: String) throws -> SignableRequest {
    let (head, body) = try split(try text(file))
    var lines = head.split(separator: "\n", omittingEmptySubsequences: true).map(String.init)
    let requestLine = lines.removeFirst()
    let firstSpace = try #require(requestLine.firstIndex(of: " "))
    let lastSpace = try #require(requestLine.lastIndex(of: " "))
    var headers: [HeaderField] = []
    for line in lines {
      if line.first == " ", let last = headers.popLast() {
        headers.append(HeaderField(name: last.name, value: last.value + "\r\n" + line))
      } else {
        let colon = try #require(line.firstIndex(of: ":"))
        headers.append(HeaderField(name: String(line[..<colon]), value: String(line[line.index(after: colon)...])))
      }
    }
    return SignableRequest(
      method: String(requestLine[..<firstSpace]),
      target: String(requestLine[requestLine.index(after: firstSpace)..<lastSpace]),
      headers: headers, body: Array(body.utf8))
  }

  private func split(_ text: String) throws -> (head: String, body: String) {
    guard let blank = text.range(of: "\n\n") else { return (text, "") }
    return (String(text[..<blank.lowerBound]), String(text[blank.upperBound...]))
  }

  var time: SigningTime {
    get throws {
      let basic = context.timestamp.filter { $0 != "-" && $0 != ":" }
      return try #require(SigningTime(timestamp: basic))
    }
  }

  var credentials: Credentials {
    Credentials(
      accessKeyID: context.credentials.access_key_id,
      secretAccessKey: SecretBytes(context.credentials.secret_access_key.utf8),
      sessionToken: context.credentials.token)
  }

  var signer: RequestSigner {
    var signer = RequestSigner(region: context.region, service: context.service)
    signer.normalizesPath = context.normalize
    signer.sendsPayloadHash = context.sign_body
    signer.signsSessionToken = context.omit_session_token != true
    return signer
  }

  var scope: CredentialScope {
    get throws { CredentialScope(date: try time.date, region: context.region, service: context.service) }
  }
}

enum SigningTestSuite {
  static let folder: URL = {
    let environment = ProcessInfo.processInfo.environment
    let data =
      environment["KEYWRIGHT_TEST_DATA"].map { URL(filePath: $0, directoryHint: .isDirectory) }
      ?? URL(filePath: #filePath).deletingLastPathComponent()  // AWSSigV4Tests
      .deletingLastPathComponent().deletingLastPathComponent()  // Tests, the checkout
      .deletingLastPathComponent().appending(path: "shared/data")
    return data.appending(path: "aws-signing-test-suite/v4")
  }()

  static let isPresent = FileManager.default.fileExists(atPath: folder.path)
  static let isRequired = ProcessInfo.processInfo.environment["CI"] == "true"

  /// The names of all cases; empty when the folder is missing.
  static let names: [String] = {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return entries.sorted()
  }()

  static func load(_ name: String) throws -> SigningTestCase {
    try SigningTestCase(folder: folder.appending(component: name, directoryHint: .isDirectory))
  }
}

extension Trait where Self == ConditionTrait {
  /// Runs a test when the suite is there; where CI asks for it, a missing suite fails in `PublishedSuiteTests.isThere`.
  static var needsSigningTestSuite: Self {
    .enabled(if: SigningTestSuite.isPresent, "aws-signing-test-suite/v4 is not at \(SigningTestSuite.folder.path)")
  }
}
