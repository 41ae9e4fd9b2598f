// Explanations: the verdict is the evaluation's, and every layer says its part.

import FoundationEssentials
import KMSDomain
import Testing

@testable import KMSAccess

@Suite struct DecisionTraceTests {
  private static let account = "111122223333"
  private static let alice = "arn:aws:iam::111122223333:user/alice"
  private static let everything = #""Effect":"Allow","Action":"kms:*","Resource":"*""#

  // MARK: Parts

  private static func key(_ policy: String) throws -> GuardedKey {
    GuardedKey(
      Key(
        id: try #require(KeyID("1234abcd-12ab-34cd-56ef-1234567890ab")), home: try home(),
        creationDate: Date(timeIntervalSince1970: 0),
        spec: .symmetricDefault, usage: .encryptDecrypt, origin: .awsKMS, description: "", state: .enabled,
        policy: policy))
  }

  private static func home() throws -> AccountRegion {
    AccountRegion(account: try #require(AccountID(account)), region: try #require(Region("eu-west-1")))
  }

  private static func user(
    _ arn: String = alice, _ policies: [String] = [], boundary: String? = nil
  ) throws -> CallerIdentity {
    let principal = try #require(PrincipalARN(arn))
    return CallerIdentity(
      arn: arn, account: principal.account, kind: .user("alice"), userID: "AIDAEXAMPLE",
      permissions: .policies(
        try policies.enumerated().map {
          CallerIdentity.NamedPolicy(name: "policy-\($0 + 1)", policy: try IdentityPolicy(PolicyText.document($1)))
        }),
      permissionsBoundary: try boundary.map { try IdentityPolicy(PolicyText.document($0)) })
  }

  private static func grant(
    _ operations: [GrantOperation], constraints: GrantConstraints? = nil, to grantee: String = alice
  ) throws -> Grant {
    Grant(
      id: String(repeating: "0", count: 64), keyID: try #require(KeyID("1234abcd-12ab-34cd-56ef-1234567890ab")),
      home: try home(), name: nil, granteePrincipal: grantee, retiringPrincipal: nil, operations: operations,
      constraints: constraints, issuingAccount: try #require(AccountID(account)),
      creationDate: Date(timeIntervalSince1970: 0))
  }

  private static func trace(
    _ identity: CallerIdentity, _ policy: String = PolicyText.document(PolicyText.allowAccount),
    action: String = "Decrypt", context: [String: String] = [:], grants: [Grant] = []
  ) throws -> DecisionTrace {
    var attributes = RequestAttributes()
    attributes.encryptionContext = context
    let demand = AccessDemand(action, on: .key(try key(policy)), attributes)
    return DecisionTrace(
      AccessRequest(
        identity: identity, region: try home().region, origin: RequestOrigin(time: 0), demand: demand),
      grants: grants)
  }

  private static func layer(_ name: String, of trace: DecisionTrace) throws -> DecisionTrace.Layer {
    try #require(trace.layers.first { $0.name.hasPrefix(name) })
  }

  // MARK: Key policies

  @Test(arguments: [
    (PolicyText.allowAccount, DecisionTrace.Layer.Outcome.delegates, "leaves it to account 111122223333"),
    (#""Effect":"Allow","Principal":{"AWS":"\#(alice)"},"Action":"kms:*","Resource":"*""#, .allows, "to the user"),
    (#""Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*""#, .allows, "to everybody"),
    (#""Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*""#, .forbids, "forbids it: statement 1"),
    (#""Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"kms:*","Resource":"*""#, .silent, "neither"),
  ])
  func aKeyPolicySays(statement: String, outcome: DecisionTrace.Layer.Outcome, words: String) throws {
    let layer = try Self.layer("key policy", of: Self.trace(Self.user(), PolicyText.document(statement)))
    #expect(layer.outcome == outcome)
    #expect(layer.finding.contains(words), "\(layer.finding)")
  }

  @Test(arguments: [
    (#""Effect":"Allow","Principal":"*","Action":"kms:Decrypt","Resource":"*""#, StatementTrace.Finding.applies),
    (#""Effect":"Allow","Principal":"*","Resource":"*""#, .incomplete),
    (#""Effect":"Allow","Principal":"*","Action":"kms:Encrypt","Resource":"*""#, .otherAction),
    (
      #""Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"arn:aws:kms:eu-west-1:111122223333:key/other""#,
      .otherResource
    ),
    (
      #""Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:user/bob"},"Action":"kms:*","Resource":"*""#,
      .otherPrincipal
    ),
    (
      #""Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*","Condition":{"StringEquals":{"kms:EncryptionContext:Team":"blue"}}"#,
      .conditions([#"StringEquals kms:EncryptionContext:team "blue", but the request has "red""#])
    ),
    (
      #""Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*","Condition":{"ForAnyValue:StringLike":{"kms:REQUESTALIAS":["alias/a","alias/b"]}}"#,
      .conditions([#"ForAnyValue:StringLike kms:RequestAlias "alias/a" or "alias/b", but the request has none"#])
    ),
  ])
  func aStatementSaysWhy(statement: String, finding: StatementTrace.Finding) throws {
    let policy = PolicyText.document(PolicyText.allowAccount, statement)
    let layer = try Self.layer("key policy", of: Self.trace(Self.user(), policy, context: ["team": "red"]))
    #expect(layer.statements.map(\.finding) == [.applies, finding])
    #expect(layer.statements.map(\.statement.number) == [1, 2])
  }

  @Test func anotherAccountsKeyPolicyNeedsTheCallersAccountToo() throws {
    let foreign = "arn:aws:iam::444455556666:user/alice"
    let policy = PolicyText.allow(#"{"AWS":"\#(foreign)"}"#)
    let trace = try Self.trace(Self.user(foreign), policy)
    #expect(!trace.decision.isAllowed)
    #expect(try Self.layer("key policy", of: trace).outcome == .delegates)
    #expect(try Self.trace(Self.user(foreign, [Self.everything]), policy).decision.isAllowed)
    let administration = try Self.trace(Self.user(foreign, [Self.everything]), policy, action: "DisableKey")
    #expect(!administration.decision.isAllowed)
    #expect(try Self.layer("key policy", of: administration).finding.contains("not for the keys of other accounts"))
  }

  // MARK: Callers

  @Test func identityPoliciesSpeakOneByOne() throws {
    let trace = try Self.trace(
      Self.user(Self.alice, [#""Effect":"Allow","Action":"kms:Encrypt","Resource":"*""#, Self.everything]))
    #expect(trace.decision.isAllowed)
    #expect(trace.refusal == nil)
    #expect(
      trace.layers.map(\.name) == [
        "key policy", "identity policy \"policy-1\"", "identity policy \"policy-2\"", "grants",
      ])
    #expect(trace.layers.map(\.outcome) == [.delegates, .silent, .allows, .silent])
  }

  @Test func aBoundaryThatDoesNotLetThroughIsNamed() throws {
    let boundary = #""Effect":"Allow","Action":"kms:Encrypt","Resource":"*""#
    let denied = try Self.trace(Self.user(Self.alice, [Self.everything], boundary: boundary))
    #expect(denied.decision == .denied(.filtered(.permissionsBoundary)))
    #expect(try Self.layer("permissions boundary", of: denied).finding == "does not let it through")
    // Who is named in the key policy is not limited by it, and the explanation does not leave that open.
    let allowed = try Self.trace(
      Self.user(Self.alice, boundary: boundary), PolicyText.allow(#"{"AWS":"\#(Self.alice)"}"#))
    #expect(allowed.decision.isAllowed)
    #expect(try Self.layer("permissions boundary", of: allowed).finding.contains("does not limit"))
  }

  @Test func anAccountsRootHasNoIdentityPolicies() throws {
    let root = CallerIdentity.root(of: try Self.home().account, partition: "aws")
    let trace = try Self.trace(root)
    #expect(trace.decision.isAllowed)
    #expect(try Self.layer("identity policies", of: trace).outcome == .allows)
  }

  // MARK: Grants

  @Test(
    arguments: [
      ([GrantOperation.decrypt], nil, [:], "covers it"),
      ([.encrypt, .generateDataKey], nil, [:], "allows only Encrypt, GenerateDataKey"),
      (
        [.decrypt], GrantConstraints(encryptionContextEquals: ["a": "b"], encryptionContextSubset: nil), ["a": "c"],
        #"asks for exactly the encryption context {"a": "b"}, but the request has {"a": "c"}"#
      ),
      (
        [.decrypt], GrantConstraints(encryptionContextEquals: nil, encryptionContextSubset: ["a": "b"]), [:],
        #"asks for an encryption context with {"a": "b"}, but the request has none"#
      ),
      (
        [.decrypt], GrantConstraints(encryptionContextEquals: nil, encryptionContextSubset: ["a": "b"]),
        ["a": "b", "c": "d"],
        "covers it"
      ),
    ] as [([GrantOperation], GrantConstraints?, [String: String], String)])
  func aGrantSays(
    operations: [GrantOperation], constraints: GrantConstraints?, context: [String: String], words: String
  ) throws {
    let trace = try Self.trace(
      Self.user(), context: context, grants: [Self.grant(operations, constraints: constraints)])
    #expect(trace.decision.isAllowed == (words == "covers it"))
    let layer = try Self.layer("grant ", of: trace)
    #expect(layer.finding == words)
    #expect(layer.outcome == (words == "covers it" ? .allows : .silent))
  }

  @Test func aGrantDoesNotLiftADeny() throws {
    let deny = #""Effect":"Deny","Action":"kms:Decrypt","Resource":"*""#
    let trace = try Self.trace(Self.user(Self.alice, [deny]), grants: [Self.grant([.decrypt])])
    #expect(!trace.decision.isAllowed)
    #expect(try Self.layer("grant ", of: trace).finding.contains("explicit deny"))
  }

  @Test func aGrantToTheAccountNeedsAnIdentityPolicy() throws {
    let root = "arn:aws:iam::111122223333:root"
    let policy = PolicyText.allow(#"{"AWS":"arn:aws:iam::111122223333:user/bob"}"#)
    let grants = [try Self.grant([.decrypt], to: root)]
    #expect(try !Self.trace(Self.user(), policy, grants: grants).decision.isAllowed)
    let allowed = try Self.trace(Self.user(Self.alice, [Self.everything]), policy, grants: grants)
    #expect(allowed.decision == .allowed(.grant(grants[0].id)))
    #expect(try Self.layer("grant ", of: allowed).outcome == .allows)
  }

  @Test func grantsNeverAllowAdministration() throws {
    let trace = try Self.trace(Self.user(), action: "DisableKey", grants: [Self.grant([.decrypt])])
    #expect(try Self.layer("grants", of: trace).finding == "never allow kms:DisableKey")
  }

  @Test func granteesAreTheNamesThatAGrantMayUse() throws {
    #expect(
      DecisionTrace.grantees(of: try Self.user()) == [Self.alice, "arn:aws:iam::111122223333:root"])
  }

  // MARK: Text

  @Test func theTextBeginsWithTheVerdict() throws {
    let arn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    let denied = try Self.trace(Self.user()).description.split(separator: "\n")
    #expect(denied.first ?? "" == "DENIED  kms:Decrypt on \(arn) for \(Self.alice)")
    #expect(denied.contains { $0.hasPrefix("  the caller is told: AccessDeniedException: User: \(Self.alice)") })
    #expect(denied.contains("identity policies are none"))
    let allowed = try Self.trace(Self.user(Self.alice, [Self.everything])).description.split(separator: "\n")
    #expect(allowed.first?.hasPrefix("ALLOWED  kms:Decrypt") == true)
    #expect(!allowed.contains { $0.contains("the caller is told") })
  }

  @Test func theTextListsStatementsUnlessThereIsNothingToAdd() throws {
    let others = #""Effect":"Deny","Principal":"*","Action":"kms:Encrypt","Resource":"*""#
    let two = try Self.trace(Self.user(), PolicyText.document(PolicyText.allowAccount, others)).description
    #expect(two.contains("\n  Allow, statement 1: applies\n  Deny, statement 2: is about other actions\n"))
    let one = try Self.trace(Self.user()).description
    #expect(!one.contains("statement 1: applies"))
    #expect(try Self.trace(Self.user(), PolicyText.document(others)).description.contains("\n  Deny, statement 1: is"))
  }

  /// Whoever writes a policy must not write the explanation.
  @Test(arguments: [
    (#"a\nALLOWED  everything"#, #"statement "a\nALLOWED  everything""#),
    (#"a\" of the key policy"#, #"statement "a\" of the key policy""#),
    (#"a\u009b31m\u001b[0m\u007f"#, #"statement "a\u{009B}31m\u{1B}[0m\u{7F}""#),
    (#"Schlüssel"#, #"statement "Schlüssel""#),
  ])
  func namesOfStatementsStayInTheirQuotationMarks(sid: String, words: String) throws {
    let statement = #""Sid":"\#(sid)","# + PolicyText.allowAccount
    let trace = try Self.trace(Self.user(), PolicyText.document(statement))
    #expect(try Self.layer("key policy", of: trace).finding.hasSuffix(": \(words)"))
  }

  @Test func conditionsStayInTheirLines() throws {
    let condition = #""Condition":{"StringEquals":{"kms:EncryptionContext:a\nALLOWED":"b\u001b"}}"#
    let trace = try Self.trace(Self.user(), PolicyText.document(PolicyText.allowAccount + "," + condition))
    let statement = try #require(try Self.layer("key policy", of: trace).statements.first)
    #expect(
      "\(statement.finding)".hasPrefix(#"does not hold: StringEquals kms:EncryptionContext:a\nallowed "b\u{1B}""#))
  }

  /// Whatever is asked: the verdict is the evaluation's, and when something is allowed, some layer says so.
  @Test func theVerdictIsTheEvaluations() throws {
    let statements = [
      PolicyText.allowAccount,
      #""Effect":"Allow","Principal":{"AWS":"\#(Self.alice)"},"Action":"kms:Decrypt","Resource":"*""#,
      #""Effect":"Deny","Principal":"*","Action":"kms:Encrypt","Resource":"*""#,
      #""Effect":"Allow","Principal":"*","Action":"kms:DescribeKey","Resource":"*""#,
    ]
    let own = [Self.everything, #""Effect":"Deny","Action":"kms:DescribeKey","Resource":"*""#]
    for policyMask in 1..<16 {
      let policy = statements.enumerated().filter { policyMask >> $0.offset & 1 == 1 }.map { "{\($0.element)}" }
      let document = #"{"Version":"2012-10-17","Statement":[\#(policy.joined(separator: ","))]}"#
      for ownMask in 0..<4 {
        let identity = try Self.user(
          Self.alice, own.enumerated().filter { ownMask >> $0.offset & 1 == 1 }.map(\.element))
        for action in ["Decrypt", "Encrypt", "DescribeKey", "DisableKey"] {
          for grants in [[], [try Self.grant([.encrypt, .describeKey])]] {
            let trace = try Self.trace(identity, document, action: action, grants: grants)
            let evaluation = AccessEvaluation(trace.request)
            let named = evaluation.grantees.map { grantee in
              (grantee: grantee, index: GrantIndex(grants.filter { $0.granteePrincipal == grantee.arn }))
            }
            #expect(trace.decision == evaluation.decision(grants: named))
            if trace.decision.isAllowed {
              #expect(trace.layers.contains { $0.outcome == .allows }, "\(trace)")
              #expect(!trace.layers.contains { $0.outcome == .forbids }, "\(trace)")
            }
          }
        }
      }
    }
  }
}
