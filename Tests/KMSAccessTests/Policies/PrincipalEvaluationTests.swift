// How key policies name callers, and which of their statements decide.

import KMSDomain
import Testing

@testable import KMSAccess

@Suite struct PrincipalEvaluationTests {
  static let root = "arn:aws:iam::111122223333:root"
  static let alice = "arn:aws:iam::111122223333:user/team/alice"
  static let session = "arn:aws:sts::111122223333:assumed-role/app/one"
  static let role = "arn:aws:iam::111122223333:role/path/app"
  static let federated = "arn:aws:sts::111122223333:federated-user/bob"

  private static func evaluate(
    _ statements: [String], _ caller: String?, role: String? = nil, account: String = "111122223333"
  ) throws -> KeyPolicyVerdict {
    let list = statements.map { "{\($0)}" }.joined(separator: ",")
    let policy = try KeyPolicy(#"{"Version":"2012-10-17","Statement":[\#(list)]}"#, partition: "aws")
    let query = PolicyQuery(
      action: "kms:Decrypt", resource: "arn:aws:kms:eu-west-1:111122223333:key/x", values: FixedValues([:]))
    return policy.evaluate(
      query, for: try caller.map { try #require(PrincipalARN($0)) },
      roleARN: try role.map { try #require(PrincipalARN($0)) }, of: try #require(AccountID(account)))
  }

  private static func statement(
    _ principal: String, effect: String = "Allow", member: String = "Principal", more: String = ""
  ) -> String {
    #""Effect":"\#(effect)","\#(member)":\#(principal),"Action":"kms:*","Resource":"*"\#(more)"#
  }

  static let namings: [(principal: String, caller: String?, role: String?, direct: PrincipalMatch?, account: Bool)] = [
    (#""*""#, alice, nil, .anyone, false), (#"{"AWS":"*"}"#, session, role, .anyone, false),
    (#""*""#, nil, nil, .anyone, false),
    // Users.
    (#"{"AWS":"\#(alice)"}"#, alice, nil, .user, false),
    (#"{"AWS":"arn:aws:iam::111122223333:user/alice"}"#, alice, nil, nil, false),
    (#"{"AWS":"arn:aws:iam::444455556666:user/team/alice"}"#, alice, nil, nil, false),
    (#"{"AWS":"\#(alice)"}"#, session, role, nil, false), (#"{"AWS":"\#(alice)"}"#, nil, nil, nil, false),
    // Accounts.
    (#"{"AWS":"111122223333"}"#, alice, nil, nil, true), (#"{"AWS":"\#(root)"}"#, session, role, nil, true),
    (#"{"AWS":"\#(root)"}"#, root, nil, .root, true), (#"{"AWS":"444455556666"}"#, root, nil, nil, false),
    (#"{"AWS":"\#(root)"}"#, nil, nil, nil, true), (#"{"AWS":"\#(alice)"}"#, root, nil, nil, false),
    // Roles and their sessions: with the role's ARN its path counts.
    (#"{"AWS":"\#(role)"}"#, session, role, .role, false), (#"{"AWS":"\#(role)"}"#, session, nil, .role, false),
    (#"{"AWS":"arn:aws:iam::111122223333:role/app"}"#, session, role, nil, false),
    (#"{"AWS":"arn:aws:iam::111122223333:role/app"}"#, session, nil, .role, false),
    (#"{"AWS":"arn:aws:iam::111122223333:role/other"}"#, session, nil, nil, false),
    (#"{"AWS":"arn:aws:iam::444455556666:role/path/app"}"#, session, role, nil, false),
    (#"{"AWS":"\#(session)"}"#, session, role, .session, false),
    (#"{"AWS":"arn:aws:sts::111122223333:assumed-role/app/two"}"#, session, role, nil, false),
    (#"{"AWS":"\#(federated)"}"#, federated, nil, .session, false),
    // Several: the strongest way.
    (#"{"AWS":["\#(role)","\#(session)"]}"#, session, role, .session, false),
    (#"{"AWS":["\#(session)","\#(role)"]}"#, session, role, .session, false),
    (#"{"AWS":["\#(role)","*"]}"#, session, role, .anyone, false),
    (#"{"AWS":["\#(role)","\#(root)"]}"#, session, role, .role, true),
    // Those who never call.
    (#"{"Service":"s3.amazonaws.com"}"#, alice, nil, nil, false),
    (#"{"Federated":"accounts.google.com"}"#, federated, nil, nil, false),
  ]

  @Test(arguments: namings)
  func naming(principal: String, caller: String?, role: String?, direct: PrincipalMatch?, account: Bool) throws {
    let allowed = try Self.evaluate([Self.statement(principal)], caller, role: role)
    #expect(allowed.direct?.match == direct)
    #expect(allowed.direct.map(\.statement.number) == direct.map { _ in 1 })
    #expect(allowed.account?.number == (account ? 1 : nil))
    #expect(allowed.deniedBy == nil)
    // A denial is for whoever is named in any way; with NotPrincipal it is for all who are not named themselves.
    let isNamed = direct != nil || account
    let denied = try Self.evaluate([Self.statement(principal, effect: "Deny")], caller, role: role)
    #expect((denied.deniedBy != nil) == isNamed)
    #expect(denied.direct == nil && denied.account == nil)
    let others = try Self.evaluate(
      [Self.statement(principal, effect: "Deny", member: "NotPrincipal")], caller, role: role)
    let isSpared = principal.contains(#""*""#) || direct != nil && direct != .role
    #expect((others.deniedBy != nil) == !isSpared)
    let otherAllowed = try Self.evaluate([Self.statement(principal, member: "NotPrincipal")], caller, role: role)
    let mayBeExcepted = caller == nil && principal.contains(":user/")
    #expect(otherAllowed.direct?.match == (isNamed || mayBeExcepted ? nil : .anyone))
    #expect(otherAllowed.account == nil)
  }

  /// To spare one user or session, all it stands in is listed too; that spares nobody else in there.
  @Test(
    arguments: [
      ([alice, root], alice, nil, false), ([alice, root], "arn:aws:iam::111122223333:user/bob", nil, true),
      ([alice, root], root, nil, false), ([root], alice, nil, true), ([root], root, nil, false),
      ([role, session, root], session, role, false),
      ([role, session, root], "arn:aws:sts::111122223333:assumed-role/app/two", role, true),
      ([role, root], session, role, true), (["*"], session, role, false),
    ] as [([String], String, String?, Bool)])
  func denyingAllBut(excepted: [String], caller: String, role: String?, isDenied: Bool) throws {
    let list = excepted.map { "\"\($0)\"" }.joined(separator: ",")
    let verdict = try Self.evaluate(
      [Self.statement(#"{"AWS":[\#(list)]}"#, effect: "Deny", member: "NotPrincipal")], caller, role: role)
    #expect((verdict.deniedBy != nil) == isDenied)
  }

  @Test func aRoleComesAfterEverythingElse() throws {
    let statements = [Self.statement(#"{"AWS":"\#(Self.role)"}"#), Self.statement(#"{"AWS":"\#(Self.root)"}"#)]
    let role = try Self.evaluate(statements, Self.session, role: Self.role)
    #expect(role.direct?.match == .role && role.direct?.statement.number == 1)
    #expect(role.account?.number == 2)
    let more = statements + [Self.statement(#"{"AWS":"\#(Self.session)"}"#), Self.statement(#""*""#)]
    let session = try Self.evaluate(more, Self.session, role: Self.role)
    #expect(session.direct?.match == .session && session.direct?.statement.number == 3)
    #expect(session.account?.number == 2)
  }

  @Test func statementsThatDoNotApplyAreNotReported() throws {
    let verdict = try Self.evaluate(
      [
        #""Effect":"Allow","Principal":"*","Action":"kms:Encrypt","Resource":"*""#,
        #""Effect":"Allow","Principal":"*","NotAction":"kms:De*","Resource":"*""#,
        #""Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:kms:*:*:alias/*""#,
        #""Effect":"Allow","Principal":"*","Action":"*","NotResource":"*""#,
        #""Effect":"Allow","Principal":"*","Action":"*""#, #""Effect":"Allow","Principal":"*","Resource":"*""#,
        Self.statement(#""*""#, more: #","Condition":{"Bool":{"aws:SecureTransport":"true"}}"#),
        #""Sid":"The first","Effect":"Allow","Principal":"*","NotAction":"s3:*","NotResource":"arn:aws:s3:::*""#,
        Self.statement(#""*""#),
      ], Self.alice)
    #expect(verdict.direct?.statement == StatementReference(sid: "The first", number: 8))
    #expect(verdict.direct?.statement.description == #"statement "The first""#)
    #expect(verdict.account == nil)
    #expect(verdict.deniedBy == nil)
  }

  @Test func denialsDoNotHideWhatAllows() throws {
    let verdict = try Self.evaluate(
      [Self.statement(#""*""#), Self.statement(#"{"AWS":"\#(Self.root)"}"#, effect: "Deny")], Self.alice)
    #expect(verdict.direct?.match == .anyone)
    #expect(verdict.deniedBy?.description == "statement 2")
  }

  @Test func identityPoliciesNameTheirStatements() throws {
    let policy = try IdentityPolicy(
      PolicyText.document(
        #""Effect":"Allow","Action":"kms:Encrypt","Resource":"*""#,
        #""Sid":"all","Effect":"Allow","Action":"kms:*","Resource":"arn:aws:kms:*:*:key/*""#,
        #""Effect":"Deny","Action":"kms:Delete*","Resource":"*""#,
        #""Effect":"Allow","Action":"kms:ListKeys","Resource":"*""#))
    func verdict(_ action: String, _ resource: String) -> [String?] {
      let verdict = policy.evaluate(PolicyQuery(action: action, resource: resource, values: FixedValues([:])))
      return [verdict.allowedBy?.description, verdict.deniedBy?.description]
    }
    let key = "arn:aws:kms:eu-west-1:111122223333:key/x"
    #expect(verdict("kms:Encrypt", key) == ["statement 1", nil])
    #expect(verdict("kms:Decrypt", key) == [#"statement "all""#, nil])
    #expect(verdict("kms:DeleteAlias", key) == [#"statement "all""#, "statement 3"])
    #expect(verdict("kms:ListKeys", "*") == ["statement 4", nil])
    #expect(verdict("kms:ListAliases", "*") == [nil, nil])
  }
}
