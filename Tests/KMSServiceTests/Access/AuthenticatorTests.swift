// Who sent a request: what is believed, in which order it is looked at, and the exact reason for which it is not.

import AWSSigV4
import Foundation
import KMSDomain
import SecureMemory
import Testing

@testable import KMSAccess
@testable import KMSService

@Suite struct AuthenticatorTests {
  private typealias World = STSWorld
  private static let kms = Authenticator.Scope(service: "kms", admitsPresigning: false)
  private static let sts = Authenticator.Scope(service: "sts", admitsPresigning: true)
  private static let user = Credentials(accessKeyID: "AKIAALICE", secretAccessKey: SecretBytes("alice's".utf8))
  private static let now = 1_800_000_000.0

  /// Alice, and a session of the role `app` with a token of the test's choice.
  private struct Setting {
    struct OneToken: SessionTokenOpening {
      let token: String
      let session: OpenedSession

      func open(_ token: String) -> OpenedSession? { token.utf8.elementsEqual(self.token.utf8) ? session : nil }
    }

    let directory: IdentityDirectory
    let authenticator: Authenticator
    let session: Credentials

    init(token: String = "TOKEN") throws {
      directory = IdentityDirectory(try Self.identities())
      let opened = try OpenedSession(
        accessKeyID: "ASIAAPP", secretAccessKey: SecretBytes("the session's".utf8),
        roleARN: "arn:aws:iam::\(World.home):role/app", roleID: "AROAAPP", sessionName: "one",
        issueTime: Date(timeIntervalSince1970: now - 10), expiry: Date(timeIntervalSince1970: now + 60))
      session = Credentials(
        accessKeyID: opened.accessKeyID, secretAccessKey: opened.secretAccessKey, sessionToken: token)
      let sessions = SessionIdentities(tokens: OneToken(token: token, session: opened), directory: directory)
      authenticator = Authenticator(
        .verifying(directory, sessions: sessions, regions: [try #require(Region("us-east-1"))]))
    }

    /// Alice with her access key, which may be inactive or have another secret, or without any.
    static func identities(
      _ accessKey: (secret: String, isActive: Bool)? = ("alice's", true)
    ) throws -> IdentitySet {
      let alice = try World.principal(.user, "alice")
      let trust = World.trust(#"{"AWS":"arn:aws:iam::111122223333:user/alice"}"#)
      let keys = accessKey.map { key in
        OpenedAccessKey(
          id: user.accessKeyID, principalARN: alice.arn, secret: SecretBytes(key.secret.utf8), isActive: key.isActive)
      }
      return IdentitySet(
        principals: [alice, try World.principal(.role, "app", trust: trust)], accessKeys: keys.map { [$0] } ?? [])
    }

    func caller(
      _ request: SignableRequest, _ scope: Authenticator.Scope = kms, at time: Double = now
    ) throws -> Caller {
      try authenticator.authenticate(request, for: scope, requestID: "id", origin: RequestOrigin(time: time))
    }

    func refusal(
      _ request: SignableRequest, _ scope: Authenticator.Scope = kms, at time: Double = now
    ) -> SignatureError? {
      do {
        _ = try caller(request, scope, at: time)
        return nil
      } catch {
        return error as? SignatureError
      }
    }
  }

  private static func signed(
    _ credentials: Credentials = user, adding fields: [HeaderField] = [], at time: Double = now
  ) throws -> SignableRequest {
    var request = SignableRequest(
      method: "POST", target: "/", headers: [HeaderField(name: "Host", value: "kms")] + fields, body: Array("{}".utf8))
    request.headers += try RequestSigner(region: "us-east-1", service: "kms")
      .headers(signing: request, with: credentials, at: SigningTime(secondsSinceEpoch: Int64(time)))
    return request
  }

  private static func presigned(service: String) throws -> SignableRequest {
    var request = SignableRequest(
      method: "GET", target: "/", headers: [HeaderField(name: "Host", value: "kms")], body: [])
    request.target = try RequestSigner(region: "us-east-1", service: service)
      .target(presigning: request, with: user, at: SigningTime(secondsSinceEpoch: Int64(now)), expiry: 60)
    return request
  }

  @Test func aRequestIsItsSignersAndMayComeAgain() throws {
    let setting = try Setting()
    let request = try Self.signed()
    for _ in 0..<2 { #expect(try setting.caller(request).arn == "arn:aws:iam::111122223333:user/alice") }
    let session = try setting.caller(try Self.signed(setting.session))
    #expect(session.arn == "arn:aws:sts::111122223333:assumed-role/app/one")
    #expect(session.home.region.description == "us-east-1")
  }

  @Test func anAccessKeyThatIsGoneOrInactiveOrAnothersIsRefusedAtOnce() throws {
    let setting = try Setting()
    let request = try Self.signed()
    _ = try setting.caller(request)  // Its signing key is cached from now on.
    let refused: [(accessKey: (secret: String, isActive: Bool)?, error: SignatureError)] = [
      (nil, .unrecognizedClient), (("alice's", false), .unrecognizedClient), (("another", true), .signatureMismatch),
    ]
    for (accessKey, error) in refused {
      setting.directory.replace(with: try Setting.identities(accessKey))
      #expect(setting.refusal(request) == error)
      setting.authenticator.forgetSigningKeys()
      #expect(setting.refusal(request) == error)
    }
    setting.directory.replace(with: try Setting.identities())
    _ = try setting.caller(request)
  }

  @Test func aTokenIsOneAccessKeysAlone() throws {
    let setting = try Setting()
    let (session, user) = (setting.session, Self.user)
    func signed(_ id: String, _ secret: SecretBytes, _ token: String?) throws -> SignableRequest {
      try Self.signed(Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: token))
    }
    let (own, long) = (session.secretAccessKey, user.secretAccessKey)
    let refused: [(SignableRequest, SignatureError)] = [
      (try signed(session.accessKeyID, own, nil), .unrecognizedClient),
      (try signed(session.accessKeyID, own, ""), .unrecognizedClient),
      (try signed(session.accessKeyID, own, "TOKEN,TOKEN"), .unrecognizedClient),
      (try signed(session.accessKeyID, long, "TOKEN"), .signatureMismatch),
      (try signed(user.accessKeyID, long, "TOKEN"), .unrecognizedClient),
      (try signed(user.accessKeyID, own, "TOKEN"), .unrecognizedClient),
      (try signed(user.accessKeyID, long, ""), .unrecognizedClient),
    ]
    for (request, error) in refused { #expect(setting.refusal(request) == error) }
    let late = try Self.signed(session, at: Self.now + 60)
    #expect(setting.refusal(late, at: Self.now + 60) == .expiredToken)
    #expect(setting.refusal(late, at: Self.now + 59.9) == nil)
  }

  @Test func aTokenIsNoOtherTextThatSwiftTakesForIt() throws {
    let setting = try Setting()
    _ = try setting.caller(try Self.signed(setting.session))  // The session is kept from now on.
    let (id, secret) = (setting.session.accessKeyID, setting.session.secretAccessKey)
    let other = Credentials(accessKeyID: id, secretAccessKey: secret, sessionToken: "TO\u{212A}EN")
    #expect(other.sessionToken == setting.session.sessionToken)
    #expect(setting.refusal(try Self.signed(other)) == .unrecognizedClient)
  }

  @Test func clocksMayBeFiveMinutesApartToTheSecond() throws {
    let setting = try Setting()
    let request = try Self.signed()
    for offset in [-300, 0, 300, 300.999] { #expect(setting.refusal(request, at: Self.now + offset) == nil) }
    for offset in [-301, 301] as [Double] {
      #expect(setting.refusal(request, at: Self.now + offset)?.code == "InvalidSignatureException")
    }
  }

  @Test func onlySTSIsPresigned() throws {
    let account = try #require(AccountID(World.home))
    let verifying = try Setting()
    let trusting = Authenticator(.trusting(account: account))
    let origin = RequestOrigin(time: Self.now)
    for service in ["kms", "sts"] {
      let request = try Self.presigned(service: service)
      #expect(verifying.refusal(request) == .presignedRequest)
      #expect(throws: SignatureError.presignedRequest) {
        try trusting.authenticate(request, for: Self.kms, requestID: "id", origin: origin)
      }
    }
    // Nobody is told what is missing in what would be refused anyway.
    var incomplete = try Self.presigned(service: "kms")
    incomplete.target = "/?X-Amz-Signature=00"
    #expect(verifying.refusal(incomplete) == .presignedRequest)

    let request = try Self.presigned(service: "sts")
    #expect(try verifying.caller(request, Self.sts).arn == "arn:aws:iam::111122223333:user/alice")
    let root = try trusting.authenticate(request, for: Self.sts, requestID: "id", origin: origin)
    #expect(root.arn == "arn:aws:iam::111122223333:root")
  }
}
