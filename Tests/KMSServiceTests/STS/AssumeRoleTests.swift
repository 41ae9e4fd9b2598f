// Who may assume which role, and what comes of it.

import AWSSigV4
import KMSDomain
import Testing

@testable import KMSAccess
@testable import KMSService

@Suite struct AssumeRoleTests {
  private typealias World = STSWorld
  private static let alice = #"{"AWS":"arn:aws:iam::111122223333:user/alice"}"#
  private static let home = #"{"AWS":"111122223333"}"#
  private static let bob = #"{"AWS":"arn:aws:iam::444455556666:user/bob"}"#
  private static let other = #"{"AWS":"arn:aws:iam::444455556666:root"}"#
  private static let role = "arn:aws:iam::111122223333:role/app"
  private static let grant =
    #"{"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Resource":"arn:aws:iam::111122223333:role/app"}]}"#
  private static let deny =
    #"{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"},"#
    + #"{"Effect":"Deny","Action":"sts:*","Resource":"*"}]}"#
  private static let kmsOnly = #"{"Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}"#

  struct Case: Sendable {
    let trust: String
    let policy: String?
    var boundary: String?
    /// For a caller in the role's account, and in another.
    let isAllowed: (home: Bool, other: Bool)
  }

  /// The trust policy names the caller or its account; the caller's side allows, says nothing, forbids or is bounded.
  private static let cases = [
    Case(trust: "caller", policy: nil, isAllowed: (true, false)),
    Case(trust: "caller", policy: grant, isAllowed: (true, true)),
    Case(trust: "caller", policy: deny, isAllowed: (false, false)),
    Case(trust: "caller", policy: nil, boundary: kmsOnly, isAllowed: (true, false)),
    Case(trust: "caller", policy: grant, boundary: kmsOnly, isAllowed: (true, false)),
    Case(trust: "caller", policy: nil, boundary: deny, isAllowed: (false, false)),
    Case(trust: "account", policy: nil, isAllowed: (false, false)),
    Case(trust: "account", policy: grant, isAllowed: (true, true)),
    Case(trust: "account", policy: kmsOnly, isAllowed: (false, false)),
    Case(trust: "account", policy: deny, isAllowed: (false, false)),
    Case(trust: "account", policy: grant, boundary: kmsOnly, isAllowed: (false, false)),
    Case(trust: "account", policy: grant, boundary: grant, isAllowed: (true, true)),
    Case(trust: "anyone", policy: nil, isAllowed: (true, false)),
    Case(trust: "anyone", policy: grant, isAllowed: (true, true)),
    Case(trust: "nobody", policy: World.allowAll, isAllowed: (false, false)),
  ]

  @Test(arguments: cases.indices, [true, false])
  func decisions(index: Int, isLocal: Bool) async throws {
    let `case` = Self.cases[index]
    let (account, name) = isLocal ? (World.home, "alice") : (World.other, "bob")
    let principal =
      switch `case`.trust {
      case "caller": isLocal ? Self.alice : Self.bob
      case "account": isLocal ? Self.home : Self.other
      case "anyone": #""*""#
      default: #"{"AWS":"999999999999"}"#
      }
    let world = try World([
      World.principal(.user, name, account: account, policy: `case`.policy, boundary: `case`.boundary),
      World.principal(.role, "app", trust: World.trust(principal)),
    ])
    let caller = try world.user(name, account: account)
    let refusal = await World.refusal { try await world.assume("app", as: caller) }
    if isLocal ? `case`.isAllowed.home : `case`.isAllowed.other {
      #expect(refusal == nil)
    } else {
      #expect(
        refusal
          == STSError(
            status: 403, code: "AccessDenied",
            message: "User: \(caller.arn) is not authorized to perform: sts:AssumeRole on resource: \(Self.role)"))
    }
  }

  @Test func aRoleThatDoesNotExistIsDeniedAlike() async throws {
    let world = try World([World.principal(.user, "alice", policy: World.allowAll)])
    let refusal = await World.refusal { try await world.assume("none", as: try world.user("alice")) }
    #expect(refusal?.code == "AccessDenied")
    #expect(refusal?.message.hasSuffix("sts:AssumeRole on resource: arn:aws:iam::111122223333:role/none") == true)
  }

  @Test(arguments: [
    "", "not an ARN at all, but long", "arn:aws:iam::111122223333:role/*", "arn:aws:s3:::bucket-of-mine",
  ])
  func notARole(arn: String) async throws {
    let world = try World([World.principal(.user, "alice", policy: World.allowAll)])
    let refusal = await World.refusal {
      try await world.assume("x", as: try world.user("alice"), ["RoleArn": arn])
    }
    #expect(refusal?.code == "ValidationError")
    if !arn.isEmpty { #expect(refusal?.message == "\(arn) is invalid") }
  }

  @Test func whatIsAnswered() async throws {
    let world = try World([
      World.principal(.user, "alice"),
      World.principal(.role, "app", path: "/service/", id: "AROAAPP", trust: World.trust(Self.alice)),
    ])
    let answer = try await world.assume("service/app", as: try world.user("alice"))
    #expect(answer.member("Arn") == "arn:aws:sts::111122223333:assumed-role/app/session")
    #expect(answer.member("AssumedRoleId") == "AROAAPP:session")
    #expect(answer.member("Expiration") == "2027-01-15T09:00:00Z")
    #expect(answer.member("PackedPolicySize") == nil)
    #expect(answer.accessKeyID.hasPrefix("ASIA"))

    let session = try world.caller(answer)
    #expect(session.arn == "arn:aws:sts::111122223333:assumed-role/app/session")
    #expect(session.userID == "AROAAPP:session")
    let identity = try await world.ask(["Action": "GetCallerIdentity"], as: session)
    let text = String(decoding: identity.response.body, as: UTF8.self)
    #expect(text.contains("<Arn>arn:aws:sts::111122223333:assumed-role/app/session</Arn>"))
    #expect(text.contains("<UserId>AROAAPP:session</UserId><Account>111122223333</Account>"))
  }

  // MARK: Conditions

  private static let team = ["Tags.member.1.Key": "team", "Tags.member.1.Value": "blue"]

  @Test(
    arguments: [
      (#""StringEquals":{"sts:ExternalId":"42"}"#, ["ExternalId": "42"], true),
      (#""StringEquals":{"sts:ExternalId":"42"}"#, ["ExternalId": "43"], false),
      (#""StringEquals":{"sts:ExternalId":"42"}"#, [:], false),
      (#""StringLike":{"sts:RoleSessionName":"sess*"}"#, [:], true),
      (#""StringLike":{"sts:RoleSessionName":"other*"}"#, [:], false),
      (#""StringEquals":{"sts:RoleSessionName":"${aws:username}"}"#, ["RoleSessionName": "alice"], true),
      (#""StringEquals":{"sts:RoleSessionName":"${aws:username}"}"#, ["RoleSessionName": "bob"], false),
      (#""StringEquals":{"sts:SourceIdentity":"alice"}"#, ["SourceIdentity": "alice"], true),
      (#""StringEquals":{"sts:SourceIdentity":"alice"}"#, ["SourceIdentity": "bob"], false),
      (#""StringEquals":{"aws:RequestTag/Team":"blue"}"#, team, true),
      (#""StringEquals":{"aws:RequestTag/Team":"red"}"#, team, false),
      (#""StringEquals":{"aws:RequestTag/Team":"blue"}"#, [:], false),
      (#""ForAnyValue:StringEquals":{"aws:TagKeys":["team"]}"#, team, true),
      (#""ForAllValues:StringEquals":{"aws:TagKeys":["other"]}"#, team, false),
      (
        #""ForAnyValue:StringEquals":{"sts:TransitiveTagKeys":"team"}"#,
        team.merging(["TransitiveTagKeys.member.1": "team"]) { $1 }, true
      ),
      (#""ForAnyValue:StringEquals":{"sts:TransitiveTagKeys":"team"}"#, team, false),
      (#""IpAddress":{"aws:SourceIp":"192.0.2.0/24"},"Bool":{"aws:SecureTransport":"true"}"#, [:], true),
      (#""IpAddress":{"aws:SourceIp":"198.51.100.0/24"}"#, [:], false),
      (#""StringEquals":{"aws:PrincipalTag/dept":"dev","aws:ResourceTag/of":"dev"}"#, [:], true),
      (#""StringEquals":{"aws:PrincipalTag/dept":"ops"}"#, [:], false),
      (#""ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/alice"}"#, [:], true),
      (#""ArnEquals":{"aws:PrincipalArn":"arn:aws:iam::111122223333:user/bob"}"#, [:], false),
    ] as [(String, [String: String], Bool)])
  func conditionsOfTrust(condition: String, parameters: [String: String], isAllowed: Bool) async throws {
    let world = try World([
      World.principal(.user, "alice", tags: [KMSDomain.Tag(key: "Dept", value: "dev")]),
      World.principal(
        .role, "app", trust: World.trust(Self.alice, more: #","Condition":{\#(condition)}"#),
        tags: [KMSDomain.Tag(key: "of", value: "dev")]),
    ])
    let refusal = await World.refusal { try await world.assume("app", as: try world.user("alice"), parameters) }
    #expect((refusal == nil) == isAllowed)
  }

  @Test(arguments: [
    (["Tags.member.1.Key": "k", "Tags.member.1.Value": "v"], "sts:TagSession"),
    (["SourceIdentity": "alice"], "sts:SetSourceIdentity"),
  ])
  func tagsAndSourceIdentitiesNeedPermissionsOfTheirOwn(parameters: [String: String], action: String) async throws {
    for actions in [#""sts:AssumeRole""#, #"["sts:AssumeRole","\#(action)"]"#] {
      let world = try World([
        World.principal(.user, "alice"),
        World.principal(.role, "app", trust: World.trust(Self.alice, actions: actions)),
      ])
      let refusal = await World.refusal { try await world.assume("app", as: try world.user("alice"), parameters) }
      #expect((refusal == nil) == actions.contains(action))
      if let refusal { #expect(refusal.message.contains("perform: \(action) on resource")) }
    }
  }

  // MARK: Roots

  @Test func rootsAssumeRolesInDevelopmentOnly() async throws {
    for admitsRoots in [false, true] {
      let world = try World(
        [World.principal(.role, "app", trust: World.trust(Self.home))], admitsRoots: admitsRoots)
      let refusal = await World.refusal { try await world.assume("app", as: try world.root()) }
      #expect(refusal?.message == (admitsRoots ? nil : "Roles may not be assumed by root accounts."))
      let elsewhere = await World.refusal { try await world.assume("app", as: try world.root(of: World.other)) }
      #expect(elsewhere?.code == "AccessDenied")
    }
  }

  // MARK: Durations

  @Test(
    arguments: [
      (nil, 3600, 3600), ("900", 3600, 900), ("3600", 3600, 3600), ("3601", 3600, nil), ("43200", 43_200, 43_200),
      (nil, 43_200, 3600),
    ] as [(String?, Int, Int?)])
  func durations(asked: String?, maximum: Int, granted: Int?) async throws {
    let world = try World([
      World.principal(.user, "alice"),
      World.principal(.role, "app", trust: World.trust(Self.alice), maximum: maximum),
    ])
    let parameters = asked.map { ["DurationSeconds": $0] } ?? [:]
    guard let granted else {
      let refusal = await World.refusal { try await world.assume("app", as: try world.user("alice"), parameters) }
      #expect(
        refusal
          == .validation("The requested DurationSeconds exceeds the MaxSessionDuration set for this role."))
      return
    }
    let answer = try await world.assume("app", as: try world.user("alice"), parameters)
    world.advance(by: Double(granted) - 1)
    _ = try world.caller(answer)
    world.advance(by: 1)
    #expect(throws: SignatureError.expiredToken) { try world.caller(answer) }
  }

  // MARK: Session policies

  @Test func sessionPoliciesAreParsed() async throws {
    let world = try World([
      World.principal(.user, "alice"), World.principal(.role, "app", trust: World.trust(Self.alice)),
    ])
    for policy in ["{", "[]", "{}", #"{"Statement":[{"Effect":"Allow"}]}"#] {
      let refusal = await World.refusal {
        try await world.assume("app", as: try world.user("alice"), ["Policy": policy])
      }
      #expect(refusal?.code == "MalformedPolicyDocument" && refusal?.status == 400)
    }
    let answer = try await world.assume("app", as: try world.user("alice"), ["Policy": Self.kmsOnly])
    #expect(try world.caller(answer).identity.sessionPolicy == (try IdentityPolicy(Self.kmsOnly)))
    #expect(answer.member("PackedPolicySize") == "3")
  }
}
