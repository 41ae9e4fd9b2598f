// Sessions of web identities: what trust policies say about them.

import KMSDomain
import Testing

@testable import KMSAccess
@testable import KMSService

@Suite struct WebIdentityTests {
  private typealias World = STSWorld
  private static let action = #""sts:AssumeRoleWithWebIdentity""#
  private static let federated = #"{"Federated":"\#(STSWorld.provider)"}"#

  private func world(_ trust: String) throws -> World {
    let identity = WebIdentity(
      providerARN: World.provider, issuer: "https://token.example.com", subject: "repo:x/y", audience: "client",
      claims: ["token.example.com:sub": ["repo:x/y"], "token.example.com:aud": ["client"]])
    return try World(
      [World.principal(.role, "app", id: "AROAAPP", trust: trust)],
      verifier: World.StaticVerifier(identities: ["good": identity]))
  }

  @Test(arguments: [
    (World.trust(federated, actions: action), true),
    (World.trust(federated, actions: #""sts:*""#), true),
    (World.trust(federated, actions: #""sts:AssumeRole""#), false),
    (World.trust(#""*""#, actions: action), false),
    (World.trust(#"{"AWS":"111122223333"}"#, actions: action), false),
    (World.trust(#"{"Federated":"\#(STSWorld.provider).org"}"#, actions: action), false),
    (
      World.trust(
        federated, actions: action,
        more: #","Condition":{"StringLike":{"token.example.com:sub":"repo:x/*"},"#
          + #""StringEquals":{"Token.Example.com:aud":"client"}}"#), true
    ),
    (
      World.trust(
        federated, actions: action, more: #","Condition":{"StringEquals":{"token.example.com:sub":"repo:x/z"}}"#),
      false
    ),
    (
      World.trust(
        federated, actions: action,
        more: #","Condition":{"StringEquals":{"aws:FederatedProvider":"\#(STSWorld.provider)"},"#
          + #""IpAddress":{"aws:SourceIp":"192.0.2.0/24"}}"#), true
    ),
    (
      World.trust(federated, actions: action, more: #","Condition":{"Null":{"aws:PrincipalArn":"false"}}"#), false
    ),
  ])
  func decisions(trust: String, isAllowed: Bool) async throws {
    let world = try world(trust)
    let refusal = await World.refusal { try await world.assume("app", token: "good") }
    if isAllowed {
      #expect(refusal == nil)
    } else {
      #expect(refusal == .accessDenied("Not authorized to perform sts:AssumeRoleWithWebIdentity"))
    }
  }

  @Test func whatIsAnswered() async throws {
    let world = try world(World.trust(Self.federated, actions: Self.action))
    let answer = try await world.assume("app", token: "good")
    #expect(answer.member("SubjectFromWebIdentityToken") == "repo:x/y")
    #expect(answer.member("Audience") == "client")
    #expect(answer.member("Provider") == World.provider)
    #expect(answer.member("AssumedRoleId") == "AROAAPP:session")
    let session = try world.caller(answer).identity
    #expect(session.assumedRole?.federatedProvider == World.provider)
    #expect(session.assumedRole?.claims["token.example.com:sub"] == ["repo:x/y"])
  }

  @Test func aTokenThatProvesNobody() async throws {
    let world = try world(World.trust(Self.federated, actions: Self.action))
    let refusal = await World.refusal { try await world.assume("app", token: "forged") }
    #expect(refusal?.code == "InvalidIdentityToken" && refusal?.status == 400)
    let noRole = await World.refusal { try await world.assume("none", token: "good") }
    #expect(noRole?.code == "AccessDenied")
  }

  @Test func withoutProvidersNobodyIsBelieved() async throws {
    let world = try World([World.principal(.role, "app", trust: World.trust(Self.federated, actions: Self.action))])
    let refusal = await World.refusal { try await world.assume("app", token: "good") }
    #expect(
      refusal == STSError(code: "InvalidIdentityToken", message: "No OpenIDConnect provider found in your account"))
  }
}
