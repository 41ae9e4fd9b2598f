// Accounts with users and roles, and an STS endpoint that knows them.

import Foundation
import KMSCrypto
import KMSDomain
import SecureMemory
import Synchronization
import Testing

@testable import KMSAccess
@testable import KMSService

/// An endpoint over identities that tests write down, with a clock that they move.
final class STSWorld: Sendable {
  static let home = "111122223333"
  static let other = "444455556666"
  static let allowAll = #"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#
  static let provider = "arn:aws:iam::111122223333:oidc-provider/token.example.com"

  let directory: IdentityDirectory
  let tokens: SessionTokens
  let sessions: SessionIdentities
  private let principals: [Principal]
  private let verifier: StaticVerifier?
  private let admitsRoots: Bool
  private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

  /// Web identities by their tokens.
  struct StaticVerifier: WebIdentityVerifying {
    let identities: [String: WebIdentity]

    func verify(
      _ token: String, in account: AccountID, partition: String, now: Date
    ) async throws(WebIdentityError) -> WebIdentity {
      guard let identity = identities[token] else { throw .invalidSignature }
      return identity
    }
  }

  init(_ principals: [Principal], verifier: StaticVerifier? = nil, admitsRoots: Bool = false) throws {
    self.principals = principals
    self.verifier = verifier
    self.admitsRoots = admitsRoots
    let set = IdentitySet(principals: principals)
    #expect(set.problems == [])
    directory = IdentityDirectory(set)
    tokens = SessionTokens(key: try KeyWrap(wrappingKey: RandomBytes.bytes(count: 32)))
    sessions = SessionIdentities(tokens: tokens, directory: directory)
  }

  var now: Date { time.withLock { $0 } }

  func advance(by seconds: Double) { time.withLock { $0 += seconds } }

  var endpoint: STSEndpoint {
    get throws {
      STSEndpoint(
        directory: directory, tokens: tokens, webIdentities: verifier, region: try #require(Region("us-east-1")),
        admitsRoots: admitsRoots, now: { self.now })
    }
  }

  // MARK: Principals

  static func principal(
    _ kind: Principal.Kind, _ name: String, account: String = home, path: String = "/", id: String? = nil,
    policy: String? = nil, boundary: String? = nil, trust: String? = nil, maximum: Int = 3600,
    tags: [KMSDomain.Tag] = []
  ) throws -> Principal {
    Principal(
      id: id ?? (kind == .user ? "AIDA" : "AROA") + name.uppercased(), partition: "aws",
      account: try #require(AccountID(account)), kind: kind, path: path, name: name,
      policies: policy.map { [Principal.Policy(name: "p", document: $0)] } ?? [], permissionsBoundary: boundary,
      trustPolicy: trust, maximumSessionDuration: maximum, tags: tags,
      creationDate: Date(timeIntervalSince1970: 1_700_000_000))
  }

  /// A trust policy that lets in the principals of one kind, such as `{"AWS":"…"}`.
  static func trust(
    _ principal: String, actions: String = #"["sts:AssumeRole","sts:TagSession","sts:SetSourceIdentity"]"#,
    more: String = ""
  ) -> String {
    #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\#(principal),"Action":\#(actions)\#(more)}]}"#
  }

  // MARK: Callers

  private var origin: RequestOrigin {
    RequestOrigin(sourceIP: "192.0.2.1", isSecure: true, userAgent: "test", time: now.timeIntervalSince1970)
  }

  func caller(_ identity: CallerIdentity, accessKeyID: String = "AKIA") throws -> Caller {
    Caller(
      identity: identity,
      home: AccountRegion(account: identity.account, region: try #require(Region("us-east-1"))),
      accessKeyID: accessKeyID, requestID: "id", origin: origin)
  }

  func user(_ name: String, account: String = home) throws -> Caller {
    try caller(try #require(directory.current.user(arn: "arn:aws:iam::\(account):user/\(name)")))
  }

  func root(of account: String = home) throws -> Caller {
    try caller(.root(of: try #require(AccountID(account)), partition: "aws"))
  }

  /// The caller that uses an answered session.
  func caller(_ credentials: Credentials) throws -> Caller {
    let session = try sessions.session(credentials.token, accessKeyID: credentials.accessKeyID, now: now)
    let secret = session.secret.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    #expect(secret == credentials.secret)
    return try caller(session.identity, accessKeyID: credentials.accessKeyID)
  }

  // MARK: Asking

  /// The members of an answer, by the names of their elements.
  struct Credentials {
    let text: String

    func member(_ name: String) -> String? {
      guard let start = text.range(of: "<\(name)>"), let end = text.range(of: "</\(name)>") else { return nil }
      return String(text[start.upperBound..<end.lowerBound])
    }

    var accessKeyID: String { member("AccessKeyId") ?? "" }
    var secret: String { member("SecretAccessKey") ?? "" }
    var token: String { member("SessionToken") ?? "" }
  }

  /// Sends a form and returns the whole answer.
  func ask(_ fields: [String: String], as caller: Caller?) async throws -> STSAnswer {
    var allowed = CharacterSet.alphanumerics
    allowed.insert(charactersIn: "-._~")
    let form = fields.map { name, value in
      "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: allowed) ?? "")"
    }
    return try await endpoint.respond(
      to: STSForm(form: Array(form.joined(separator: "&").utf8)), from: caller, origin, RequestID())
  }

  /// Assumes a role, or throws the refusal.
  func assume(
    _ role: String, as caller: Caller, account: String = home, _ more: [String: String] = [:]
  ) async throws -> Credentials {
    var fields = [
      "Action": "AssumeRole", "RoleArn": "arn:aws:iam::\(account):role/\(role)", "RoleSessionName": "session",
    ]
    fields.merge(more) { $1 }
    return try Self.credentials(try await ask(fields, as: caller))
  }

  /// Assumes a role with a token, or throws the refusal.
  func assume(_ role: String, token: String, _ more: [String: String] = [:]) async throws -> Credentials {
    var fields = [
      "Action": "AssumeRoleWithWebIdentity", "RoleArn": "arn:aws:iam::\(Self.home):role/\(role)",
      "RoleSessionName": "session", "WebIdentityToken": token,
    ]
    fields.merge(more) { $1 }
    return try Self.credentials(try await ask(fields, as: nil))
  }

  private static func credentials(_ answer: STSAnswer) throws -> Credentials {
    let read = Credentials(text: String(decoding: answer.response.body, as: UTF8.self))
    guard answer.response.status == 200 else {
      #expect(!answer.response.carriesSecret)
      #expect(answer.errorCode == read.member("Code"))
      throw STSError(
        status: answer.response.status, code: read.member("Code") ?? "", message: read.member("Message") ?? "")
    }
    #expect(answer.response.carriesSecret)
    #expect(answer.errorCode == nil)
    return read
  }

  /// The refusal of what should be refused.
  static func refusal(_ body: () async throws -> Credentials) async -> STSError? {
    do {
      _ = try await body()
      return nil
    } catch {
      return error as? STSError
    }
  }
}
