// Sessions that begin sessions.

import KMSDomain
import Testing

@testable import KMSAccess
@testable import KMSService

@Suite struct RoleChainingTests {
  private typealias World = STSWorld

  private func world(secondTrust: String, policy: String? = nil) throws -> World {
    try World([
      World.principal(.user, "alice"),
      World.principal(
        .role, "first", path: "/a/", policy: policy,
        trust: World.trust(#"{"AWS":"arn:aws:iam::111122223333:user/alice"}"#), maximum: 43_200,
        tags: [KMSDomain.Tag(key: "own", value: "first"), KMSDomain.Tag(key: "team", value: "of the role")]),
      World.principal(.role, "second", trust: secondTrust, maximum: 43_200),
    ])
  }

  private static func trusting(_ arn: String, actions: String? = nil) -> String {
    actions.map { World.trust(#"{"AWS":"\#(arn)"}"#, actions: $0) } ?? World.trust(#"{"AWS":"\#(arn)"}"#)
  }

  private static let first = trusting("arn:aws:iam::111122223333:role/a/first")
  private static let tags = [
    "Tags.member.1.Key": "Team", "Tags.member.1.Value": "blue", "Tags.member.2.Key": "step",
    "Tags.member.2.Value": "one", "TransitiveTagKeys.member.1": "team",
  ]

  @Test(arguments: [
    ("arn:aws:iam::111122223333:role/a/first", true), ("arn:aws:iam::111122223333:role/first", false),
    ("arn:aws:iam::111122223333:role/b/first", false),
    ("arn:aws:sts::111122223333:assumed-role/first/session", true),
    ("arn:aws:sts::111122223333:assumed-role/first/other", false),
    ("arn:aws:iam::111122223333:user/alice", false),
  ])
  func trustNamesTheRoleOrTheSession(principal: String, isAllowed: Bool) async throws {
    let world = try world(secondTrust: Self.trusting(principal))
    let session = try world.caller(try await world.assume("a/first", as: try world.user("alice")))
    let refusal = await World.refusal { try await world.assume("second", as: session) }
    #expect((refusal == nil) == isAllowed)
  }

  @Test func aSessionPolicyLimitsTheRoleButNotANamedSession() async throws {
    let kmsOnly = #"{"Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}"#
    for (principal, isAllowed) in [
      ("arn:aws:iam::111122223333:role/a/first", false),
      ("arn:aws:sts::111122223333:assumed-role/first/session", true),
    ] {
      let world = try world(secondTrust: Self.trusting(principal))
      let session = try world.caller(
        try await world.assume("a/first", as: try world.user("alice"), ["Policy": kmsOnly]))
      let refusal = await World.refusal { try await world.assume("second", as: session) }
      #expect((refusal == nil) == isAllowed)
    }
  }

  @Test func aChainedSessionLastsAnHourAtMost() async throws {
    let world = try world(secondTrust: Self.first)
    let session = try world.caller(
      try await world.assume("a/first", as: try world.user("alice"), ["DurationSeconds": "43200"]))
    _ = try await world.assume("second", as: session, ["DurationSeconds": "3600"])
    let refusal = await World.refusal {
      try await world.assume("second", as: session, ["DurationSeconds": "3601"])
    }
    #expect(
      refusal
        == .validation(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining."))
  }

  @Test func transitiveTagsGoOnAndStay() async throws {
    let world = try world(secondTrust: Self.first)
    let session = try world.caller(try await world.assume("a/first", as: try world.user("alice"), Self.tags))
    #expect(session.identity.tags.map(\.key) == ["Team", "step", "own"])
    #expect(session.identity.tags.first?.value == "blue")

    let next = try world.caller(
      try await world.assume(
        "second", as: session, ["Tags.member.1.Key": "step", "Tags.member.1.Value": "two"]))
    #expect(
      next.identity.tags == [KMSDomain.Tag(key: "Team", value: "blue"), KMSDomain.Tag(key: "step", value: "two")])
    #expect(next.identity.assumedRole?.transitiveTagKeys == ["Team"])

    let refusal = await World.refusal {
      try await world.assume("second", as: session, ["Tags.member.1.Key": "TEAM", "Tags.member.1.Value": "red"])
    }
    #expect(refusal?.code == "InvalidParameterValue")
  }

  @Test func inheritedTagsNeedARoleThatTakesTags() async throws {
    let world = try world(
      secondTrust: Self.trusting("arn:aws:iam::111122223333:role/a/first", actions: #""sts:AssumeRole""#))
    let plain = try world.caller(try await world.assume("a/first", as: try world.user("alice")))
    _ = try await world.assume("second", as: plain)
    let tagged = try world.caller(try await world.assume("a/first", as: try world.user("alice"), Self.tags))
    let refusal = await World.refusal { try await world.assume("second", as: tagged) }
    #expect(refusal?.message.contains("sts:TagSession") == true)
  }

  @Test func aSourceIdentityStays() async throws {
    let world = try world(secondTrust: Self.first)
    let session = try world.caller(
      try await world.assume("a/first", as: try world.user("alice"), ["SourceIdentity": "alice"]))
    #expect(session.identity.assumedRole?.sourceIdentity == "alice")
    let answer = try await world.assume("second", as: session)
    #expect(answer.member("SourceIdentity") == "alice")
    #expect(try world.caller(answer).identity.assumedRole?.sourceIdentity == "alice")
    _ = try await world.assume("second", as: session, ["SourceIdentity": "alice"])
    let refusal = await World.refusal {
      try await world.assume("second", as: session, ["SourceIdentity": "mallory"])
    }
    #expect(refusal?.code == "AccessDenied" && refusal?.message.contains("sts:SetSourceIdentity") == true)
  }
}
