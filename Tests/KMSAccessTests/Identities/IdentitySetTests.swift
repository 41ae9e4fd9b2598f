// Who is found in an identity set, and who is left out of it.

import Foundation
import KMSAccess
import KMSDomain
import SecureMemory
import Testing

@Suite struct IdentitySetTests {
  private static let allow = #"{"Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}"#
  private static let trust =
    #"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}"#
  private static let notPolicies = ["", "{", "[]", "{}", #"{"Statement":[{"Effect":"Allow"}]}"#]

  private func principal(
    _ name: String, kind: Principal.Kind = .user, account: String = "111122223333", path: String = "/",
    policy: String = allow, boundary: String? = nil, trust: String? = trust
  ) throws -> Principal {
    Principal(
      id: "AIDA" + name.uppercased(), partition: "aws", account: try #require(AccountID(account)), kind: kind,
      path: path, name: name, policies: [Principal.Policy(name: "p", document: policy)],
      permissionsBoundary: boundary, trustPolicy: kind == .role ? trust : nil,
      maximumSessionDuration: 7200, tags: [Tag(key: "team", value: "blue")], creationDate: Date())
  }

  private func accessKey(_ id: String, of principal: Principal, isActive: Bool = true) -> OpenedAccessKey {
    OpenedAccessKey(
      id: id, principalARN: principal.arn, secret: SecretBytes(Array("secret of \(id)".utf8)), isActive: isActive)
  }

  @Test func anAccessKeyIsFoundWithItsUser() throws {
    let (alice, bob) = (try principal("alice", path: "/a/", boundary: Self.allow), try principal("bob"))
    let set = IdentitySet(
      principals: [alice, bob],
      accessKeys: [accessKey("A1", of: alice), accessKey("A2", of: alice, isActive: false), accessKey("B1", of: bob)],
      revision: 7)
    #expect(set.problems == [])
    #expect(set.revision == 7)
    let found = try #require(set.accessKey("A1"))
    #expect(found.identity.arn == "arn:aws:iam::111122223333:user/a/alice")
    #expect(found.identity.kind == .user("alice"))
    #expect(found.identity.userID == "AIDAALICE")
    #expect(found.identity.account == alice.account)
    #expect(found.identity.permissionsBoundary != nil)
    #expect(found.identity.tags == alice.tags)
    #expect(found.secret == SecretBytes(Array("secret of A1".utf8)))
    #expect(found.isActive)
    guard case .policies(let policies) = found.identity.permissions else {
      Issue.record("a user may not do everything")
      return
    }
    #expect(policies.map(\.name) == ["p"])
    #expect(set.accessKey("A2")?.isActive == false)
    #expect(set.accessKey("A2")?.identity === found.identity)
    #expect(set.accessKey("B1")?.identity === set.user(arn: bob.arn))
    for id in ["", "A", "a1", "A1 ", "A11"] { #expect(set.accessKey(id) == nil) }
  }

  @Test func aRoleIsFoundByItsWholeARNAndHasNoAccessKeys() throws {
    let role = try principal("app", kind: .role, path: "/service/")
    let set = IdentitySet(principals: [role], accessKeys: [accessKey("A1", of: role)])
    let found = try #require(set.role(arn: "arn:aws:iam::111122223333:role/service/app"))
    #expect(found.record == role)
    #expect(found.arn.description == role.arn)
    #expect(found.policies.map(\.name) == ["p"])
    #expect(set.role(arn: "arn:aws:iam::111122223333:role/app") == nil)
    #expect(set.user(arn: role.arn) == nil)
    #expect(set.accessKey("A1") == nil)
  }

  @Test(arguments: notPolicies)
  func aPrincipalWhoseDocumentsDoNotParseIsLeftOutAlone(text: String) throws {
    let broken = [
      try principal("a", policy: text), try principal("b", boundary: text),
      try principal("c", kind: .role, policy: text), try principal("d", kind: .role, trust: text),
      try principal("e", kind: .role, boundary: text), try principal("f", kind: .role, trust: nil),
    ]
    let whole = try principal("z")
    let set = IdentitySet(
      principals: broken + [whole],
      accessKeys: [accessKey("A1", of: broken[0]), accessKey("B1", of: broken[1]), accessKey("Z1", of: whole)])
    for principal in broken {
      #expect(set.user(arn: principal.arn) == nil)
      #expect(set.role(arn: principal.arn) == nil)
    }
    #expect(set.problems.map(\.subject) == broken.map(\.arn))
    #expect(set.problems.allSatisfy { $0.kind == .unusable })
    #expect(set.accessKey("A1") == nil)
    #expect(set.accessKey("B1") == nil)
    #expect(set.accessKey("Z1") != nil)
    // It is there all the same: what names it is not wrong.
    #expect(set.exists(try #require(PrincipalARN(broken[0].arn))))
  }

  @Test func ofTwoThatShareANameTheFirstCounts() throws {
    let first = try principal("alice")
    let others = [
      first, try principal("ALICE"), try principal("alice", path: "/b/"),
    ]
    let apart = [try principal("alice", kind: .role), try principal("alice", account: "444455556666")]
    let set = IdentitySet(
      principals: [first] + others + apart,
      accessKeys: [accessKey("A1", of: first), accessKey("A1", of: apart[1]), accessKey("A2", of: others[2])])
    #expect(set.accessKey("A1")?.identity === set.user(arn: first.arn))
    #expect(set.accessKey("A2") == nil)
    #expect(set.user(arn: others[1].arn) == nil)
    #expect(set.user(arn: others[2].arn) == nil)
    #expect(set.role(arn: apart[0].arn) != nil)
    #expect(set.user(arn: apart[1].arn) != nil)
    let duplicates = set.problems.filter { $0.kind == .duplicate }
    #expect(duplicates.map(\.subject) == others.map(\.arn) + ["access key A1"])
  }

  @Test func anAccessKeyOfNobodyIsLeftOut() throws {
    let gone = try principal("gone")
    let set = IdentitySet(accessKeys: [accessKey("A1", of: gone)])
    #expect(set.accessKey("A1") == nil)
    #expect(set.problems.map(\.subject) == ["access key A1"])
  }

  @Test(arguments: [
    ("arn:aws:iam::111122223333:root", true), ("arn:aws:iam::111122223333:user/a/alice", true),
    ("arn:aws:iam::111122223333:user/alice", false), ("arn:aws:iam::111122223333:user/bob", false),
    ("arn:aws:iam::111122223333:role/a/alice", false), ("arn:aws:iam::111122223333:role/s/app", true),
    ("arn:aws:iam::111122223333:role/app", false), ("arn:aws:iam::111122223333:role/s/App", false),
    ("arn:aws:sts::111122223333:assumed-role/app/any", true),
    ("arn:aws:sts::111122223333:assumed-role/alice/any", false),
    ("arn:aws-cn:sts::111122223333:assumed-role/app/any", false),
    ("arn:aws-cn:iam::111122223333:role/s/app", false),
    ("arn:aws:sts::111122223333:federated-user/anybody", true),
    ("arn:aws:iam::999988887777:user/anybody", true), ("arn:aws:sts::999988887777:assumed-role/any/any", true),
    ("arn:aws:iam::444455556666:user/anybody", false),
  ])
  func whoExists(arn: String, expected: Bool) throws {
    let set = IdentitySet(
      accounts: [try #require(AccountID("444455556666"))],
      principals: [try principal("alice", path: "/a/"), try principal("app", kind: .role, path: "/s/")])
    let named = try #require(PrincipalARN(arn))
    #expect(set.exists(named) == expected)
    #expect(IdentitySet.empty.exists(named))
    #expect(set.hosts(named.account) == (named.account.description != "999988887777"))
  }

  @Test func aDirectoryHasTheSetThatWasPutThereLast() throws {
    let directory = IdentityDirectory(.empty)
    #expect(directory.current === IdentitySet.empty)
    let alice = try principal("alice")
    directory.replace(with: IdentitySet(principals: [alice], accessKeys: [accessKey("A1", of: alice)], revision: 2))
    let held = directory.current
    directory.replace(with: IdentitySet(revision: 3))
    #expect(directory.current.accessKey("A1") == nil)
    #expect(held.accessKey("A1") != nil)
  }
}
