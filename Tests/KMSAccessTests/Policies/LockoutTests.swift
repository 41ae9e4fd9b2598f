// Which policies leave their author a way back.

import KMSAccess
import KMSDomain
import Testing

@Suite struct LockoutTests {
  static let key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
  static let root = "arn:aws:iam::111122223333:root"
  static let alice = "arn:aws:iam::111122223333:user/alice"
  static let session = "arn:aws:sts::111122223333:assumed-role/admin/one"

  private static func statement(
    _ principal: String, effect: String = "Allow", action: String = #""Action":"kms:*""#,
    resource: String = #""Resource":"*""#, more: String = ""
  ) -> String {
    #""Effect":"\#(effect)",\#(principal),\#(action),\#(resource)\#(more)"#
  }

  private static func named(_ principal: String) -> String { #""Principal":{"AWS":"\#(principal)"}"# }

  static let cases: [(caller: String, document: String, isSafe: Bool)] = [
    // Whom the statement names.
    (root, PolicyText.document(statement(named(root))), true),
    (alice, PolicyText.document(statement(named(root))), true),
    (alice, PolicyText.document(statement(named("111122223333"))), true),
    (session, PolicyText.document(statement(named(root))), true),
    (alice, PolicyText.document(statement(named(alice))), true),
    (root, PolicyText.document(statement(named(alice))), false),
    (session, PolicyText.document(statement(named("arn:aws:iam::111122223333:role/team/admin"))), true),
    (session, PolicyText.document(statement(named("arn:aws:iam::111122223333:role/other"))), false),
    (session, PolicyText.document(statement(named(session))), true),
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
    (
      alice,
      PolicyText.document(statement(named(root)), statement(named("444455556666"), effect: "Deny")), true
    ),
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
    (session, PolicyText.document(statement(named(session), effect: "Deny")), false),
    // Conditions count for nothing either way.
    (
      alice,
      PolicyText.document(
        statement(named(root), more: #","Condition":{"StringEquals":{"kms:CallerAccount":"111122223333"}}"#)),
      false
    ),
    (
      alice,
      PolicyText.document(
        statement(named(root)),
        statement(
          #""Principal":"*""#, effect: "Deny", more: #","Condition":{"Bool":{"aws:SecureTransport":"false"}}"#)),
      true
    ),
    (alice, PolicyText.document(statement(named(root), more: #","Condition":{}"#)), true),
    (
      alice, PolicyText.document(statement(named(root), resource: #""Resource":"arn:aws:kms:*:*:${aws:username}""#)),
      false
    ),
  ]

  @Test(arguments: cases)
  func lockout(caller: String, document: String, isSafe: Bool) throws {
    let policy = try KeyPolicy(document, partition: "aws")
    let account = try #require(AccountID("111122223333"))
    let principal = try #require(PrincipalARN(caller))
    #expect(policy.allowsReplacement(by: principal, of: account, on: Self.key) == isSafe, "\(document)")
  }

  @Test func aCallerOfAnUnknownKindHasItsAccount() throws {
    let account = try #require(AccountID("111122223333"))
    let delegating = try KeyPolicy(PolicyText.allow(), partition: "aws")
    #expect(delegating.allowsReplacement(by: nil, of: account, on: Self.key))
    let naming = try KeyPolicy(PolicyText.allow(#"{"AWS":"\#(Self.alice)"}"#), partition: "aws")
    #expect(!naming.allowsReplacement(by: nil, of: account, on: Self.key))
  }
}
