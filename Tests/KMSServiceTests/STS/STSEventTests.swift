// What the audit trail is told of requests to STS.

import AWSJSON
import KMSDomain
import Testing

@testable import KMSAccess
@testable import KMSService

@Suite struct STSEventTests {
  private typealias World = STSWorld
  private static let fields = [
    "Action": "AssumeRole", "RoleArn": "arn:aws:iam::111122223333:role/app", "RoleSessionName": "session",
    "ExternalId": "42", "Tags.member.1.Key": "team", "Tags.member.1.Value": "blue",
  ]

  private func world() throws -> World {
    try World([
      World.principal(.user, "alice"), World.principal(.user, "mallory"),
      World.principal(.role, "app", trust: World.trust(#"{"AWS":"arn:aws:iam::111122223333:user/alice"}"#)),
    ])
  }

  @Test func aSessionIsToldWithoutItsSecrets() async throws {
    let world = try world()
    let answer = try await world.ask(Self.fields, as: try world.user("alice"))
    let credentials = STSWorld.Credentials(text: String(decoding: answer.response.body, as: UTF8.self))
    let event = answer.event
    #expect(event.eventName == "AssumeRole")
    #expect(event.refusal == nil)
    #expect(event.resources.map(\.arn) == ["arn:aws:iam::111122223333:role/app"])
    #expect(event.resources.map(\.account) == ["111122223333"])
    #expect(event.requestParameters?["externalId"] == .string("42"))
    #expect(event.requestParameters?["principalTags"] == .object(["team": .string("blue")]))
    let told = "\(event)"
    #expect(told.contains(credentials.accessKeyID))
    #expect(!told.contains(credentials.secret) && !told.contains(credentials.token))
  }

  @Test func aRefusalIsTold() async throws {
    let world = try world()
    let event = try await world.ask(Self.fields, as: try world.user("mallory")).event
    #expect(event.refusal?.code == "AccessDenied")
    #expect(event.responseElements == nil)
    #expect(event.resources.count == 1)
  }

  @Test func whatCannotBeDecodedIsTold() async throws {
    let world = try world()
    let alice = try world.user("alice")
    let answer = try await world.ask(Self.fields.merging(["RoleSessionName": "?"]) { $1 }, as: alice)
    #expect(answer.event.refusal?.code == "ValidationError" && answer.errorCode == "ValidationError")
    #expect(answer.event.requestParameters == nil)
    let unknown = try await world.ask(["Action": "GetSessionToken"], as: alice)
    #expect(unknown.event.eventName == "UnknownAction" && unknown.event.requestParameters == nil)
    #expect(unknown.event.refusal?.code == "InvalidAction" && unknown.errorCode == "InvalidAction")
  }

  @Test func aWebIdentityIsToldWithoutItsToken() async throws {
    let identity = WebIdentity(
      providerARN: World.provider, issuer: "https://token.example.com", subject: "sub", audience: "aud", claims: [:])
    let world = try World(
      [
        World.principal(
          .role, "app",
          trust: World.trust(
            #"{"Federated":"\#(World.provider)"}"#, actions: #""sts:AssumeRoleWithWebIdentity""#))
      ], verifier: World.StaticVerifier(identities: ["the.secret.token": identity]))
    let fields = [
      "Action": "AssumeRoleWithWebIdentity", "RoleArn": "arn:aws:iam::111122223333:role/app",
      "RoleSessionName": "session", "WebIdentityToken": "the.secret.token",
    ]
    let event = try #require(try await world.ask(fields, as: nil).event)
    #expect(event.webIdentity?.principalID == "\(World.provider):aud:sub")
    #expect(event.webIdentity?.userName == "sub")
    #expect(!"\(event)".contains("the.secret.token"))
    let forged = try await world.ask(fields.merging(["WebIdentityToken": "forged"]) { $1 }, as: nil)
    #expect(forged.event.webIdentity == nil)
  }
}
