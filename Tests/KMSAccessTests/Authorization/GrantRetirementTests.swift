// Who may retire a grant.

import FoundationEssentials
import KMSDomain
import Testing

@testable import KMSAccess

@Suite struct GrantRetirementTests {
  static let grantee = "arn:aws:iam::444455556666:user/grantee"
  static let retiring = "arn:aws:iam::777788889999:role/path/retirer"

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

  @Test(arguments: [
    // The retiring principal, and sessions of its role.
    (retiring, true), ("arn:aws:sts::777788889999:assumed-role/retirer/one", true),
    ("arn:aws:sts::777788889999:assumed-role/other/one", false), ("arn:aws:iam::777788889999:root", false),
    // The grantee is not, by itself.
    (grantee, false),
    // The account that made the grant, whoever in it; the key's account as such is nobody.
    ("arn:aws:iam::222233334444:root", true), ("arn:aws:iam::222233334444:user/any", true),
    ("arn:aws:iam::111122223333:root", false), ("arn:aws:iam::111122223333:user/any", false),
  ])
  func byTheRetiringPrincipal(caller: String, expected: Bool) throws {
    try expect(Self.grant(), by: caller, expected)
  }

  @Test func byTheGrantee() throws {
    try expect(Self.grant(operations: [.decrypt, .retireGrant]), by: Self.grantee, true)
    try expect(Self.grant(retiring: nil, operations: [.retireGrant]), by: Self.grantee, true)
    try expect(Self.grant(operations: [.retireGrant]), by: "arn:aws:iam::444455556666:user/other", false)
    try expect(Self.grant(retiring: Self.grantee), by: Self.grantee, true)
    try expect(Self.grant(retiring: nil), by: Self.grantee, false)
  }

  @Test func byAnAccount() throws {
    let account = "arn:aws:iam::777788889999:root"
    for caller in [account, "arn:aws:iam::777788889999:user/any", "arn:aws:sts::777788889999:assumed-role/a/b"] {
      try expect(Self.grant(retiring: account), by: caller, true)
      try expect(Self.grant(grantee: account, retiring: nil), by: caller, false)
      try expect(Self.grant(grantee: account, retiring: nil, operations: [.retireGrant]), by: caller, true)
    }
  }

  private func expect(_ grant: Grant, by caller: String, _ expected: Bool) throws {
    let principal = try #require(PrincipalARN(caller))
    #expect(grant.mayBeRetired(by: principal, of: principal.account) == expected, "\(caller)")
  }
}
