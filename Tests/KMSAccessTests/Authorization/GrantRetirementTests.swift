// Who may retire a grant.

import FoundationEssentials
import KMSDomain
import Testing

@testable import KMSAccess

@Suite struct GrantRetirementTests {
  static let grantee = "arn:aws:iam::444455556666:user/grantee"
  static let retiring = "arn:aws:iam::777788889999:role/path/retirer"
  static let mayRetire = PolicyText.document(#""Effect":"Allow","Action":"kms:RetireGrant","Resource":"*""#)
  static let mayNotRetire = PolicyText.document(#""Effect":"Deny","Action":"kms:RetireGrant","Resource":"*""#)
  static let mayDecrypt = PolicyText.document(#""Effect":"Allow","Action":"kms:Decrypt","Resource":"*""#)

  private static func grant(
    grantee: String = grantee, retiring: String? = retiring, operations: [GrantOperation] = [.decrypt]
  ) throws -> Grant {
    Grant(
      id: String(repeating: "0", count: 64),
      keyID: try #require(KeyID("1234abcd-12ab-34cd-56ef-1234567890ab")),
      home: AccountRegion(
        account: try #require(AccountID("111122223333")), region: try #require(Region("eu-west-1"))),
      name: nil, granteePrincipal: grantee, retiringPrincipal: retiring, operations: operations, constraints: nil,
      issuingAccount: try #require(AccountID("222233334444")), creationDate: Date(timeIntervalSince1970: 0))
  }

  private static func decision(_ grant: Grant, _ identity: CallerIdentity) throws -> AccessDecision {
    let key = Key(
      id: grant.keyID, home: grant.home, creationDate: grant.creationDate, spec: .symmetricDefault,
      usage: .encryptDecrypt, origin: .awsKMS, description: "", state: .enabled,
      policy: #"{"Statement":{"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*"}}"#)
    // What the key policy says has no say.
    let demand = AccessDemand("RetireGrant", on: .grant(grant, GuardedKey(key)))
    let request = AccessRequest(
      identity: identity, region: grant.home.region, origin: RequestOrigin(time: 0), demand: demand)
    let evaluation = AccessEvaluation(request)
    // Another grant has no say.
    #expect(evaluation.grantees.isEmpty)
    return evaluation.decision(grants: [])
  }

  /// Expects a right that does not depend on policies, one that the account hands on, or none.
  private func expect(
    _ grant: Grant, by arn: String, rolePath: String = "/path/", _ expected: CallerIdentity.Naming?
  ) throws {
    let bare = try CallerIdentity.named(arn, rolePath: rolePath)
    #expect(grant.retirementRight(of: bare) == expected, "\(arn)")
    let mayByItself = expected == .itself || expected == .role || expected == .account && bare.kind == .root
    #expect(try Self.decision(grant, bare).isAllowed == mayByItself, "\(arn)")
    guard bare.kind != .root else { return }
    let mayByPolicy = try CallerIdentity.named(arn, rolePath: rolePath, policies: [Self.mayRetire])
    #expect(try Self.decision(grant, mayByPolicy).isAllowed == (expected != nil), "\(arn) by policy")
    let otherwise = try CallerIdentity.named(arn, rolePath: rolePath, policies: [Self.mayDecrypt])
    #expect(try Self.decision(grant, otherwise).isAllowed == mayByItself, "\(arn) by another policy")
    let denied = try CallerIdentity.named(arn, rolePath: rolePath, policies: [Self.mayRetire, Self.mayNotRetire])
    #expect(try !Self.decision(grant, denied).isAllowed, "\(arn) denied")
  }

  @Test(
    arguments: [
      // The retiring principal: sessions of its role.
      ("arn:aws:sts::777788889999:assumed-role/retirer/one", .role),
      ("arn:aws:sts::777788889999:assumed-role/retirer/two", .role),
      ("arn:aws:sts::777788889999:assumed-role/other/one", nil), ("arn:aws:iam::777788889999:root", nil),
      ("arn:aws:iam::777788889999:user/path/retirer", nil),
      ("arn:aws:sts::111122223333:assumed-role/retirer/one", nil),
      // The grantee is not, by itself.
      (grantee, nil),
      // The account that made the grant, whoever in it; the key's account as such is nobody.
      ("arn:aws:iam::222233334444:root", .account), ("arn:aws:iam::222233334444:user/any", .account),
      ("arn:aws:sts::222233334444:assumed-role/any/one", .account),
      ("arn:aws:iam::111122223333:root", nil), ("arn:aws:iam::111122223333:user/any", nil),
    ] as [(String, CallerIdentity.Naming?)])
  func byTheRetiringPrincipal(caller: String, expected: CallerIdentity.Naming?) throws {
    try expect(Self.grant(), by: caller, expected)
  }

  @Test func byARoleOfTheSameNameUnderAnotherPath() throws {
    let session = "arn:aws:sts::777788889999:assumed-role/retirer/one"
    for path in ["/", "/other/", "/path/path/"] {
      try expect(Self.grant(), by: session, rolePath: path, nil)
    }
  }

  @Test func byASession() throws {
    let session = "arn:aws:sts::777788889999:assumed-role/retirer/one"
    try expect(Self.grant(retiring: session), by: session, .itself)
    try expect(Self.grant(retiring: session), by: "arn:aws:sts::777788889999:assumed-role/retirer/two", nil)
  }

  @Test func byTheGrantee() throws {
    try expect(Self.grant(operations: [.decrypt, .retireGrant]), by: Self.grantee, .itself)
    try expect(Self.grant(retiring: nil, operations: [.retireGrant]), by: Self.grantee, .itself)
    try expect(Self.grant(operations: [.retireGrant]), by: "arn:aws:iam::444455556666:user/other", nil)
    try expect(Self.grant(retiring: Self.grantee), by: Self.grantee, .itself)
    try expect(Self.grant(retiring: nil), by: Self.grantee, nil)
  }

  @Test func byAnAccount() throws {
    let account = "arn:aws:iam::777788889999:root"
    for (caller, right) in [
      (account, .itself), ("arn:aws:iam::777788889999:user/any", .account),
      ("arn:aws:sts::777788889999:assumed-role/a/b", .account),
    ] as [(String, CallerIdentity.Naming)] {
      try expect(Self.grant(retiring: account), by: caller, right)
      try expect(Self.grant(grantee: account, retiring: nil), by: caller, nil)
      try expect(Self.grant(grantee: account, retiring: nil, operations: [.retireGrant]), by: caller, right)
    }
  }

  /// Who is named in one way and whose account is named in another has the better right.
  @Test func byNameAndByAccount() throws {
    let issuer = "arn:aws:iam::222233334444:user/any"
    try expect(Self.grant(retiring: issuer), by: issuer, .itself)
    try expect(
      Self.grant(retiring: "arn:aws:iam::222233334444:role/any"), by: "arn:aws:sts::222233334444:assumed-role/any/one",
      rolePath: "/", .role)
    try expect(
      Self.grant(grantee: issuer, retiring: "arn:aws:iam::222233334444:root", operations: [.retireGrant]), by: issuer,
      .itself)
  }

  /// As with the use of a key: a role that is named is limited by what limits its sessions, a user is not.
  @Test func aRoleRetiresNoMoreThanItsFiltersLetThrough() throws {
    let session = "arn:aws:sts::777788889999:assumed-role/retirer/one"
    for (policy, isAllowed) in [(Self.mayRetire, true), (Self.mayDecrypt, false)] {
      let narrowed = try CallerIdentity.named(session, rolePath: "/path/", sessionPolicy: policy)
      #expect(try Self.decision(Self.grant(), narrowed).isAllowed == isAllowed)
      let bounded = try CallerIdentity.named(session, rolePath: "/path/", boundary: policy)
      #expect(try Self.decision(Self.grant(), bounded).isAllowed == isAllowed)
      let user = try CallerIdentity.named(Self.grantee, boundary: policy)
      #expect(try Self.decision(Self.grant(retiring: Self.grantee), user).isAllowed)
    }
  }

  @Test func anAccountHandsOnNoMoreThanItsFiltersLetThrough() throws {
    let issuer = "arn:aws:iam::222233334444:user/any"
    for (boundary, isAllowed) in [(Self.mayRetire, true), (Self.mayDecrypt, false)] {
      let identity = try CallerIdentity.named(issuer, policies: [Self.mayRetire], boundary: boundary)
      #expect(try Self.decision(Self.grant(), identity).isAllowed == isAllowed)
    }
    let session = "arn:aws:sts::222233334444:assumed-role/any/one"
    for (policy, isAllowed) in [(Self.mayRetire, true), (Self.mayDecrypt, false)] {
      let identity = try CallerIdentity.named(session, policies: [Self.mayRetire], sessionPolicy: policy)
      #expect(try Self.decision(Self.grant(), identity).isAllowed == isAllowed)
    }
  }

  @Test func whoIsRefusedLearnsNoMoreThanHisAccountMay() throws {
    let own = try CallerIdentity.named("arn:aws:iam::111122223333:user/any", policies: [Self.mayRetire])
    #expect(try Self.decision(Self.grant(), own) == .denied(.notRetirable))
    let foreign = try CallerIdentity.named("arn:aws:iam::444455556666:user/any", policies: [Self.mayRetire])
    #expect(try Self.decision(Self.grant(), foreign) == .denied(.elsewhere))
  }

  @Test func theDecisionNamesTheGrant() throws {
    let session = try CallerIdentity.named("arn:aws:sts::777788889999:assumed-role/retirer/one", rolePath: "/path/")
    #expect(try Self.decision(Self.grant(), session) == .allowed(.retirement(String(repeating: "0", count: 64))))
  }
}
