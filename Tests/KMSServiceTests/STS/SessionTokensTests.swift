// Session tokens: they hold what was put into them, and nobody can change it.

import Foundation
import KMSCrypto
import KMSDomain
import SecureMemory
import Testing

@testable import KMSAccess
@testable import KMSService

@Suite struct SessionTokensTests {
  private let tokens: SessionTokens

  init() throws {
    tokens = SessionTokens(key: try KeyWrap(wrappingKey: RandomBytes.bytes(count: 32)))
  }

  private func session(
    policy: String? = nil, tags: [KMSDomain.Tag] = [], transitive: [String] = [], sourceIdentity: String? = nil,
    provider: String? = nil, claims: [String: [String]] = [:]
  ) throws -> OpenedSession {
    let key = TemporaryAccessKey()
    return try OpenedSession(
      accessKeyID: key.id, secretAccessKey: key.secret, roleARN: "arn:aws:iam::111122223333:role/a/app",
      roleID: "AROAEXAMPLE", sessionName: "session", issueTime: Date(timeIntervalSince1970: 1_800_000_000),
      expiry: Date(timeIntervalSince1970: 1_800_003_600), sessionPolicyText: policy, tags: tags,
      transitiveTagKeys: transitive, sourceIdentity: sourceIdentity, federatedProvider: provider, claims: claims)
  }

  private var sessions: [OpenedSession] {
    get throws {
      [
        try session(),
        try session(
          policy: #"{"Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}"#,
          tags: [KMSDomain.Tag(key: "a", value: ""), KMSDomain.Tag(key: "ä", value: "x y")], transitive: ["a"],
          sourceIdentity: "alice",
          provider: "arn:aws:iam::111122223333:oidc-provider/x.example",
          claims: ["x.example:sub": ["s"], "x.example:amr": ["a", "b"], "x.example:none": []]),
        try session(tags: (1...50).map { KMSDomain.Tag(key: "k\($0)", value: String(repeating: "v", count: $0)) }),
      ]
    }
  }

  @Test func whatIsSealedComesBack() throws {
    for session in try sessions {
      let opened = try #require(tokens.open(try tokens.seal(session)))
      #expect(opened.accessKeyID == session.accessKeyID)
      #expect(opened.secretAccessKey == session.secretAccessKey)
      #expect(opened.roleARN == session.roleARN)
      #expect(opened.roleID == session.roleID)
      #expect(opened.sessionName == session.sessionName)
      #expect(opened.issueTime == session.issueTime)
      #expect(opened.expiry == session.expiry)
      #expect(opened.sessionPolicyText == session.sessionPolicyText)
      #expect(opened.sessionPolicy == session.sessionPolicy)
      #expect(opened.tags == session.tags)
      #expect(opened.transitiveTagKeys == session.transitiveTagKeys)
      #expect(opened.sourceIdentity == session.sourceIdentity)
      #expect(opened.federatedProvider == session.federatedProvider)
      #expect(opened.claims == session.claims)
    }
  }

  @Test func anAlteredTokenDoesNotOpen() throws {
    let token = try tokens.seal(try session())
    let characters = Array(token)
    for index in characters.indices {
      var altered = characters
      altered[index] = altered[index] == "A" ? "B" : "A"
      if altered != characters { #expect(tokens.open(String(altered)) == nil) }
      #expect(tokens.open(String(characters[..<index])) == nil)
    }
    for other in [token + "A", token + "=", " " + token, token + "\n", token + token, ""] {
      #expect(tokens.open(other) == nil)
    }
  }

  @Test func aTokenOfAnotherStoreDoesNotOpen() throws {
    let others = SessionTokens(key: try KeyWrap(wrappingKey: RandomBytes.bytes(count: 32)))
    #expect(tokens.open(try others.seal(try session())) == nil)
  }

  @Test func whatWasSealedForSomethingElseDoesNotOpen() throws {
    let key = try KeyWrap(wrappingKey: RandomBytes.bytes(count: 32))
    let content = try SessionTokenContent.encode(try session())
    let other = try key.wrap(content, associatedData: Array("something else".utf8))
    #expect(SessionTokens(key: key).open(Data(other).base64EncodedString()) == nil)
  }

  @Test func contentThatIsCutOrLongerIsNone() throws {
    let content = try SessionTokenContent.encode(try #require(try sessions.last))
    let bytes = content.withUnsafeBytes { Array($0) }
    #expect(SessionTokenContent.decode(content) != nil)
    for count in bytes.indices { #expect(SessionTokenContent.decode(SecretBytes(bytes.prefix(count))) == nil) }
    #expect(SessionTokenContent.decode(SecretBytes(bytes + [0])) == nil)
    #expect(SessionTokenContent.decode(SecretBytes([2] + bytes.dropFirst())) == nil)
  }

  @Test func theLargestSessionFitsIntoARequest() throws {
    // The allotted space is full, and everything else as long as it gets.
    let tags = (0..<10).map { KMSDomain.Tag(key: "key\($0)", value: String(repeating: "ä", count: 128)) }
    let size = PackedSize(policy: nil, tags: tags, transitiveTagKeys: [])
    #expect(size.refusal == nil && size.percentage > 80)
    let key = TemporaryAccessKey()
    let name = String(repeating: "n", count: 64)
    let session = try OpenedSession(
      accessKeyID: key.id, secretAccessKey: key.secret,
      roleARN: "arn:aws:iam::111122223333:role/" + String(repeating: "p", count: 512) + "/" + name,
      roleID: "AROA" + name, sessionName: name, issueTime: .now, expiry: .now, tags: tags, sourceIdentity: name,
      federatedProvider: "arn:aws:iam::111122223333:oidc-provider/" + String(repeating: "p", count: 255))
    let token = try tokens.seal(session)
    #expect(token.utf8.count < SessionTokens.maximumCount)
    #expect(tokens.open(token) != nil)
    let tooMuch = PackedSize(policy: nil, tags: tags + tags, transitiveTagKeys: [])
    #expect(tooMuch.refusal?.code == "PackedPolicyTooLarge")
  }

  @Test func accessKeysAreFresh() {
    let keys = (0..<100).map { _ in TemporaryAccessKey() }
    #expect(Set(keys.map(\.id)).count == keys.count)
    for key in keys {
      #expect(key.id.wholeMatch(of: /ASIA[A-Z2-7]{16}/) != nil)
      let secret = key.secret.withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
      #expect(secret.wholeMatch(of: /[A-Za-z0-9+\/]{40}/) != nil)
    }
  }
}
