// Which key policies leave their author a way back.

import FoundationEssentials
import KMSDomain
import Testing

@testable import KMSAccess

@Suite struct PolicyReplacementTests {
  static let key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  static let root = "arn:aws:iam::111122223333:root"
  static let alice = "arn:aws:iam::111122223333:user/alice"
  static let session = "arn:aws:sts::111122223333:assumed-role/admin/one"
  static let role = "arn:aws:iam::111122223333:role/team/admin"
  static let everything = PolicyText.document(#""Effect":"Allow","Action":"kms:*","Resource":"*""#)
  static let use = PolicyText.document(#""Effect":"Allow","Action":"kms:Decrypt","Resource":"*""#)
  static let denial = PolicyText.document(#""Effect":"Deny","Action":"kms:PutKeyPolicy","Resource":"*""#)

  private static func statement(
    _ principal: String, effect: String = "Allow", action: String = #""Action":"kms:*""#,
    resource: String = #""Resource":"*""#, more: String = ""
  ) -> String {
    #""Effect":"\#(effect)",\#(principal),\#(action),\#(resource)\#(more)"#
  }

  private static func named(_ principal: String) -> String { #""Principal":{"AWS":"\#(principal)"}"# }

  private static func condition(_ text: String) -> String { #","Condition":{\#(text)}"# }

  private static func mayReplace(
    _ document: String, _ identity: CallerIdentity, isSecure: Bool = true
  ) throws -> Bool {
    let home = AccountRegion(
      account: try #require(AccountID("111122223333")), region: try #require(Region("eu-west-1")))
    let key = GuardedKey(
      Key(
        id: try #require(KeyID("1234abcd-12ab-34cd-56ef-1234567890ab")), home: home,
        creationDate: Date(timeIntervalSince1970: 0), spec: .symmetricDefault, usage: .encryptDecrypt,
        origin: .awsKMS, description: "", state: .enabled, policy: document,
        tags: [KMSDomain.Tag(key: "team", value: "pay")]))
    return identity.mayReplacePolicy(
      of: key, in: home.region,
      RequestOrigin(sourceIP: "203.0.113.7", isSecure: isSecure, time: 1_768_478_400))
  }

  // MARK: The policy alone, for callers whose accounts let them do everything

  static let cases: [(caller: String, document: String, isSafe: Bool)] = [
    // Whom the statement names.
    (root, PolicyText.document(statement(named(root))), true),
    (alice, PolicyText.document(statement(named(root))), true),
    (alice, PolicyText.document(statement(named("111122223333"))), true),
    (session, PolicyText.document(statement(named(root))), true),
    (alice, PolicyText.document(statement(named(alice))), true),
    (root, PolicyText.document(statement(named(alice))), false),
    (session, PolicyText.document(statement(named(role))), true),
    (session, PolicyText.document(statement(named("arn:aws:iam::111122223333:role/other"))), false),
    (session, PolicyText.document(statement(named("arn:aws:iam::111122223333:role/admin"))), false),
    (session, PolicyText.document(statement(named(session))), true),
    (session, PolicyText.document(statement(named("arn:aws:sts::111122223333:assumed-role/admin/two"))), false),
    (alice, PolicyText.document(statement(#""Principal":"*""#)), true),
    (alice, PolicyText.document(statement(named("*"))), true),
    (alice, PolicyText.document(statement(named("arn:aws:iam::111122223333:user/bob"))), false),
    (alice, PolicyText.document(statement(named("arn:aws:iam::444455556666:root"))), false),
    (alice, PolicyText.document(statement(#""Principal":{"Service":"s3.amazonaws.com"}"#)), false),
    (alice, PolicyText.document(statement(#""NotPrincipal":{"AWS":"arn:aws:iam::111122223333:user/bob"}"#)), true),
    (alice, PolicyText.document(statement(#""NotPrincipal":{"AWS":"111122223333"}"#)), false),
    // What it lets them do.
    (alice, PolicyText.document(statement(named(root), action: #""Action":"*""#)), true),
    (alice, PolicyText.document(statement(named(root), action: #""Action":"kms:putkeypolicy""#)), true),
    (alice, PolicyText.document(statement(named(root), action: #""Action":["kms:Get*","KMS:Put*"]"#)), true),
    (alice, PolicyText.document(statement(named(root), action: #""Action":["kms:Get*","kms:Encrypt"]"#)), false),
    (alice, PolicyText.document(statement(named(root), action: #""NotAction":"kms:Decrypt""#)), true),
    (alice, PolicyText.document(statement(named(root), action: #""NotAction":"kms:Put*""#)), false),
    (alice, PolicyText.document(#""Effect":"Allow","Principal":"*","Resource":"*""#), false),
    // To which key.
    (alice, PolicyText.document(statement(named(root), resource: #""Resource":"\#(key)""#)), true),
    (alice, PolicyText.document(statement(named(root), resource: #""Resource":"arn:aws:kms:*:*:key/*""#)), true),
    (alice, PolicyText.document(statement(named(root), resource: #""Resource":"arn:aws:kms:*:*:alias/*""#)), false),
    (alice, PolicyText.document(statement(named(root), resource: #""NotResource":"\#(key)""#)), false),
    (alice, PolicyText.document(#""Effect":"Allow","Principal":"*","Action":"kms:*""#), false),
    // Denials.
    (alice, PolicyText.document(statement(named(root)), statement(#""Principal":"*""#, effect: "Deny")), false),
    (alice, PolicyText.document(statement(named(alice)), statement(named(root), effect: "Deny")), false),
    (alice, PolicyText.document(statement(named(root)), statement(named(alice), effect: "Deny")), false),
    (alice, PolicyText.document(statement(named(root)), statement(named("444455556666"), effect: "Deny")), true),
    (
      alice,
      PolicyText.document(
        statement(named(root)), statement(#""Principal":"*""#, effect: "Deny", action: #""Action":"kms:Decrypt""#)),
      true
    ),
    (
      alice,
      PolicyText.document(
        statement(named(root)), statement(#""NotPrincipal":{"AWS":"\#(alice)"}"#, effect: "Deny")), true
    ),
    (session, PolicyText.document(statement(named(root)), statement(named(session), effect: "Deny")), false),
    (session, PolicyText.document(statement(named(session), effect: "Deny")), false),
    // Conditions, as they are for the request that brings the policy.
    (
      alice,
      PolicyText.document(
        statement(named(root), more: condition(#""StringEquals":{"kms:CallerAccount":"111122223333"}"#))), true
    ),
    (
      alice,
      PolicyText.document(
        statement(named(root), more: condition(#""StringEquals":{"kms:CallerAccount":"444455556666"}"#))), false
    ),
    (
      alice,
      PolicyText.document(statement(named(root), more: condition(#""StringEquals":{"aws:ResourceTag/team":"pay"}"#))),
      true
    ),
    (
      alice,
      PolicyText.document(
        statement(named(root), more: condition(#""StringEquals":{"kms:ViaService":"s3.eu-west-1.amazonaws.com"}"#))),
      false
    ),
    (
      alice,
      PolicyText.document(
        statement(named(root), more: condition(#""IpAddress":{"aws:SourceIp":"198.51.100.0/24"}"#))), false
    ),
    (
      alice,
      PolicyText.document(
        statement(named(root)),
        statement(
          #""Principal":"*""#, effect: "Deny", more: condition(#""Bool":{"aws:SecureTransport":"false"}"#))), true
    ),
    (
      alice,
      PolicyText.document(
        statement(named(root)),
        statement(
          #""Principal":"*""#, effect: "Deny",
          more: condition(#""StringNotEquals":{"aws:PrincipalArn":"\#(root)"}"#))), false
    ),
    (alice, PolicyText.document(statement(named(root), more: #","Condition":{}"#)), true),
    // Policy variables.
    (
      alice,
      PolicyText.document(
        statement(#""Principal":"*""#, more: condition(#""StringEquals":{"aws:PrincipalArn":"\#(alice)"}"#))), true
    ),
    (
      alice, PolicyText.document(statement(named(root), resource: #""Resource":"arn:aws:kms:*:*:${aws:username}""#)),
      false
    ),
    (
      alice,
      PolicyText.document(
        statement(named(root), resource: #""Resource":"arn:aws:kms:*:${aws:PrincipalAccount}:key/*""#)), true
    ),
  ]

  @Test(arguments: cases)
  func replacement(caller: String, document: String, isSafe: Bool) throws {
    // A document that is none would be unsafe whatever it says.
    _ = try KeyPolicy(document, partition: "aws")
    let identity = try CallerIdentity.named(
      caller, rolePath: "/team/", policies: caller == Self.root ? [] : [Self.everything])
    #expect(try Self.mayReplace(document, identity) == isSafe, "\(document)")
  }

  @Test func conditionsHoldOrNotByTheCallersOwnRequest() throws {
    let alice = try CallerIdentity.named(Self.alice)
    let document = PolicyText.document(
      Self.statement(Self.named(Self.alice)),
      Self.statement(
        #""Principal":"*""#, effect: "Deny", more: Self.condition(#""Bool":{"aws:SecureTransport":"false"}"#)))
    #expect(try Self.mayReplace(document, alice))
    #expect(try !Self.mayReplace(document, alice, isSecure: false))
  }

  // MARK: What goes with the caller

  static let delegating = PolicyText.document(statement(named(root)))
  static let naming = PolicyText.document(statement(named(alice)))
  static let namingRole = PolicyText.document(statement(named(role)))
  static let namingSession = PolicyText.document(statement(named(session)))

  @Test(
    arguments: [
      // A policy that leaves it to the account is safe for those whom the account lets.
      (alice, delegating, [everything], nil, true), (alice, delegating, [use], nil, false),
      (alice, delegating, [], nil, false), (session, delegating, [everything], nil, true),
      (session, delegating, [], nil, false), (root, delegating, [], nil, true),
      // Who is named needs nobody's leave.
      (alice, naming, [], nil, true), (session, namingRole, [], nil, true), (session, namingSession, [], nil, true),
      // Denials and filters of the caller's own.
      (alice, naming, [denial], nil, false), (alice, delegating, [everything, denial], nil, false),
      (alice, delegating, [everything], use, false), (alice, naming, [], use, true),
      (session, namingRole, [], use, false), (session, namingSession, [], use, true),
      (alice, naming, [], denial, false),
    ] as [(String, String, [String], String?, Bool)])
  func replacementByIdentity(
    caller: String, document: String, policies: [String], boundary: String?, isSafe: Bool
  ) throws {
    let identity = try CallerIdentity.named(caller, rolePath: "/team/", policies: policies, boundary: boundary)
    #expect(try Self.mayReplace(document, identity) == isSafe, "\(document)")
  }

  @Test func callersOfOtherAccountsReplaceNothing() throws {
    let carol = "arn:aws:iam::444455556666:user/carol"
    let identity = try CallerIdentity.named(carol, policies: [Self.everything])
    for principal in [carol, "arn:aws:iam::444455556666:root", "*"] {
      #expect(try !Self.mayReplace(PolicyText.document(Self.statement(Self.named(principal))), identity))
    }
  }

  @Test func aPolicyThatIsNoneIsNobodys() throws {
    for document in ["", "{}", "{", #"{"Statement":[]}"#] {
      #expect(try !Self.mayReplace(document, .named(Self.root)))
    }
  }

  @Test func aCallerOfAnUnknownKindHasItsAccount() throws {
    let account = try #require(AccountID("111122223333"))
    let unknown = CallerIdentity(
      arn: "arn:aws:iam::111122223333:group/alice", account: account, kind: .user("alice"), userID: "AIDAEXAMPLE",
      permissions: .policies([.init(name: "all", policy: try IdentityPolicy(Self.everything))]))
    #expect(unknown.principal == nil)
    #expect(try Self.mayReplace(Self.delegating, unknown))
    #expect(try !Self.mayReplace(Self.naming, unknown))
  }
}
