// Who may assume a role.

import KMSDomain
import Testing

@testable import KMSAccess

@Suite struct TrustPolicyTests {
  static let provider = "arn:aws:iam::111122223333:oidc-provider/token.example.com"
  static let alice = "arn:aws:iam::111122223333:user/alice"

  private static func text(
    _ principal: String, effect: String = "Allow", member: String = "Principal",
    action: String = #""sts:AssumeRole""#, more: String = ""
  ) -> String {
    PolicyText.document(#""Effect":"\#(effect)","\#(member)":\#(principal),"Action":\#(action)\#(more)"#)
  }

  @Test(arguments: [
    text(#"{"AWS":"\#(alice)"}"#), text(#""*""#), text(#"{"Service":"ec2.amazonaws.com"}"#),
    text(#"{"Federated":"\#(provider)"}"#, action: #""sts:AssumeRoleWithWebIdentity""#),
    text(#"{"AWS":"111122223333"}"#, action: #"["sts:AssumeRole","STS:TagSession","sts:SetSourceIdentity"]"#),
    text(#"{"AWS":"111122223333"}"#, action: #""sts:*""#),
    text(
      #"{"Federated":"arn:aws:iam::111122223333:saml-provider/X"}"#,
      action: #"["sts:AssumeRoleWithSAML","sts:SetContext"]"#),
    text(#"{"AWS":"111122223333"}"#, effect: "Deny", member: "NotPrincipal"),
    text(#"{"AWS":"111122223333"}"#, more: #","Condition":{"StringEquals":{"sts:ExternalId":"${aws:userid}"}}"#),
  ])
  func accepted(text: String) throws {
    let policy = try TrustPolicy(text, partition: "aws")
    #expect(policy.version == "2012-10-17" && policy.statements.count == 1)
  }

  @Test(arguments: [
    (text(#"{"AWS":"\#(alice)"}"#, more: #","Resource":"*""#), PolicyError.unknownMember("Resource")),
    (text(#"{"AWS":"\#(alice)"}"#, more: #","NotResource":"*""#), .unknownMember("NotResource")),
    (text(#"{"AWS":"\#(alice)"}"#, action: #""kms:Decrypt""#), .invalidAction("kms:Decrypt")),
    (text(#"{"AWS":"\#(alice)"}"#, action: #""*""#), .invalidAction("*")),
    (text(#"{"AWS":"\#(alice)"}"#, action: #""sts:Assume*""#), .invalidAction("sts:Assume*")),
    (text(#"{"AWS":"arn:aws:iam::111122223333:user/*"}"#), .invalidPrincipal),
    (text(#"{"AWS":"arn:aws-cn:iam::111122223333:root"}"#), .invalidPrincipal),
    (text(#"{"Federated":"*"}"#), .invalidPrincipal),
    (PolicyText.document(#""Effect":"Allow","Action":"sts:AssumeRole""#), .noPrincipal),
    (PolicyText.document(#""Effect":"Allow","Principal":"*""#), .missingMember("Action")),
    ("{", .notJSON),
  ])
  func refused(text: String, error: PolicyError) {
    #expect(throws: error) { try TrustPolicy(text, partition: "aws") }
  }

  @Test func callers() throws {
    let account = try #require(AccountID("111122223333"))
    let alice = try #require(PrincipalARN(Self.alice))
    func verdict(_ text: String, _ action: String = "sts:AssumeRole") throws -> KeyPolicyVerdict {
      try TrustPolicy(text, partition: "aws").evaluate(
        PolicyQuery(
          action: action, resource: "arn:aws:iam::111122223333:role/r",
          values: FixedValues(["sts:ExternalId": .string("x")])),
        for: alice, roleARN: nil, of: account)
    }
    #expect(try verdict(Self.text(#"{"AWS":"\#(Self.alice)"}"#)).direct?.match == .user)
    #expect(try verdict(Self.text(#"{"AWS":"\#(Self.alice)"}"#), "sts:TagSession").direct == nil)
    #expect(try verdict(Self.text(#"{"AWS":"\#(Self.alice)"}"#, action: #""sts:*""#), "sts:TagSession").direct != nil)
    #expect(try verdict(Self.text(#"{"AWS":"111122223333"}"#)).account?.number == 1)
    #expect(try verdict(Self.text(#"{"AWS":"111122223333"}"#, effect: "Deny")).deniedBy?.number == 1)
    #expect(try verdict(Self.text(#"{"Federated":"\#(Self.provider)"}"#)).direct == nil)
    for (id, isAllowed) in [("x", true), ("y", false)] {
      let condition = #","Condition":{"StringEquals":{"sts:ExternalId":"\#(id)"}}"#
      #expect(try (verdict(Self.text(#""*""#, more: condition)).direct != nil) == isAllowed)
    }
  }

  @Test(arguments: [
    ("Allow", "Principal", #"{"Federated":"\#(provider)"}"#, true),
    ("Allow", "Principal", #"{"Federated":["accounts.google.com","\#(provider)"]}"#, true),
    ("Allow", "Principal", #"{"Federated":"\#(provider)/other"}"#, false),
    ("Allow", "Principal", #"{"Federated":"accounts.google.com"}"#, false),
    // Trust in providers is said expressly.
    ("Allow", "Principal", #""*""#, false), ("Allow", "Principal", #"{"AWS":"111122223333"}"#, false),
    ("Allow", "NotPrincipal", #"{"AWS":"444455556666"}"#, false),
    ("Allow", "NotPrincipal", #"{"Federated":"accounts.google.com"}"#, false),
    // Distrust is not.
    ("Deny", "Principal", #"{"Federated":"\#(provider)"}"#, true), ("Deny", "Principal", #""*""#, true),
    ("Deny", "Principal", #"{"AWS":"111122223333"}"#, false),
    ("Deny", "NotPrincipal", #"{"Federated":"\#(provider)"}"#, false), ("Deny", "NotPrincipal", #""*""#, false),
    ("Deny", "NotPrincipal", #"{"Federated":"accounts.google.com"}"#, true),
  ])
  func providers(effect: String, member: String, principal: String, applies: Bool) throws {
    let policy = try TrustPolicy(
      Self.text(
        principal, effect: effect, member: member, action: #""sts:AssumeRoleWithWebIdentity""#,
        more: #","Condition":{"StringEquals":{"token.example.com:sub":"me"}}"#), partition: "aws")
    for subject in ["me", "you"] {
      let verdict = policy.evaluate(
        PolicyQuery(
          action: "sts:AssumeRoleWithWebIdentity", resource: "*",
          values: FixedValues(["token.example.com:sub": .string(subject)])),
        forProvider: Self.provider)
      let decides = applies && subject == "me"
      #expect((verdict.allowedBy != nil) == (decides && effect == "Allow"))
      #expect((verdict.deniedBy != nil) == (decides && effect == "Deny"))
    }
  }
}
