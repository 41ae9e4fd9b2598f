// What is told of two identity sets, one after the other.

import Foundation
import KMSAccess
import KMSDomain
import SecureMemory
import Testing

@Suite struct IdentityChangesTests {
  private static let allow = #"{"Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}"#
  private static let trust =
    #"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"sts:AssumeRole"}]}"#

  private func principal(_ name: String, kind: Principal.Kind = .user, id: String = "") throws -> Principal {
    Principal(
      id: id.isEmpty ? name : id, partition: "aws", account: try #require(AccountID("111122223333")), kind: kind,
      name: name, policies: [Principal.Policy(name: "p", document: Self.allow)],
      trustPolicy: kind == .role ? Self.trust : nil, creationDate: Date(timeIntervalSince1970: 0))
  }

  private func key(
    _ id: String, of user: Principal, isActive: Bool = true, secret: String = "secret"
  ) -> OpenedAccessKey {
    OpenedAccessKey(id: id, principalARN: user.arn, secret: SecretBytes(Array(secret.utf8)), isActive: isActive)
  }

  private func locked(_ id: String, of user: Principal) -> AccessKey {
    AccessKey(
      id: id, account: user.account, principalARN: user.arn, wrappedSecret: [1],
      creationDate: Date(timeIntervalSince1970: 0))
  }

  /// What is told, in short: `CreateUser alice`, `DeleteAccessKey A1 of alice`.
  private func told(_ old: IdentitySet, _ new: IdentitySet) -> [String] {
    new.changes(from: old).map { change in
      #expect(change.account.description == "111122223333")
      let name = change.principalARN.split(separator: "/").last ?? ""
      return "\(change.name.rawValue) " + (change.accessKeyID.map { "\($0) of " } ?? "") + name
    }
  }

  @Test(arguments: [Principal.Kind.user, .role])
  func everythingThatDecidesIsAChange(kind: Principal.Kind) throws {
    let before = try principal("alice", kind: kind)
    let what = kind == .user ? "User" : "Role"
    let changes: [(inout Principal) -> Void] = [
      { $0.policies = [] }, { $0.policies.append(.init(name: "q", document: Self.allow)) },
      { $0.policies = [.init(name: "q", document: Self.allow)] },
      { $0.policies = [.init(name: "p", document: "{")] },
      { $0.permissionsBoundary = Self.allow }, { $0.tags = [Tag(key: "a", value: "b")] },
      { $0.trustPolicy = "{" }, { $0.maximumSessionDuration = 900 },
    ]
    let old = IdentitySet(principals: [before])
    for change in changes {
      var after = before
      change(&after)
      let new = IdentitySet(principals: [after])
      #expect(told(old, new) == ["Update\(what) alice"])
      #expect(told(new, old) == ["Update\(what) alice"])
      #expect(told(new, IdentitySet(principals: [after])) == [])
    }
    #expect(told(.empty, old) == ["Create\(what) alice"])
    #expect(told(old, .empty) == ["Delete\(what) alice"])
    #expect(told(old, old) == [])
    let another = IdentitySet(principals: [try principal("alice", kind: kind, id: "another")])
    #expect(told(old, another) == ["Delete\(what) alice", "Create\(what) alice"])
  }

  /// Decisions tell é from e with an accent, which are equal to Swift.
  @Test func anotherUnicodeFormIsAChange() throws {
    let changes: [(inout Principal, String) -> Void] = [
      { $0.policies = [.init(name: "p", document: $1)] }, { $0.permissionsBoundary = $1 }, { $0.trustPolicy = $1 },
      { $0.tags = [Tag(key: $1, value: "v")] }, { $0.tags = [Tag(key: "k", value: $1)] },
    ]
    for change in changes {
      var (composed, decomposed) = (try principal("app", kind: .role), try principal("app", kind: .role))
      change(&composed, "\u{E9}")
      change(&decomposed, "e\u{301}")
      let (old, new) = (IdentitySet(principals: [composed]), IdentitySet(principals: [decomposed]))
      #expect(told(old, new) == ["UpdateRole app"])
      #expect(told(old, old) == [])
    }
  }

  @Test func accessKeys() throws {
    let alice = try principal("alice")
    let none = IdentitySet(principals: [alice])
    func set(_ keys: OpenedAccessKey...) -> IdentitySet { IdentitySet(principals: [alice], accessKeys: keys) }
    let one = set(key("A1", of: alice))
    #expect(told(none, one) == ["CreateAccessKey A1 of alice"])
    #expect(told(one, none) == ["DeleteAccessKey A1 of alice"])
    let off = set(key("A1", of: alice, isActive: false))
    #expect(told(one, off) == ["UpdateAccessKey A1 of alice"])
    #expect(told(off, one) == ["UpdateAccessKey A1 of alice"])
    #expect(told(one, set(key("A1", of: alice, secret: "other"))) == ["UpdateAccessKey A1 of alice"])
    #expect(told(one, set(key("A1", of: alice))) == [])
    #expect(
      told(one, set(key("A2", of: alice))) == ["DeleteAccessKey A1 of alice", "CreateAccessKey A2 of alice"])
  }

  /// Whether somebody can be used is no matter: it is there or it is not.
  @Test func whatCannotBeUsedIsNotGone() throws {
    let alice = try principal("alice")
    var broken = alice
    broken.policies = [.init(name: "p", document: "{")]
    let whole = IdentitySet(principals: [alice], accessKeys: [key("A1", of: alice)])
    let unusable = IdentitySet(principals: [broken], accessKeys: [key("A1", of: alice)])
    #expect(unusable.accessKey("A1") == nil)
    #expect(told(whole, unusable) == ["UpdateUser alice"])
    #expect(told(unusable, .empty) == ["DeleteAccessKey A1 of alice", "DeleteUser alice"])
    let altered = IdentitySet(principals: [alice], lockedAccessKeys: [locked("A1", of: alice)])
    #expect(altered.accessKey("A1") == nil)
    #expect(told(whole, altered) == ["UpdateAccessKey A1 of alice"])
    #expect(told(altered, whole) == ["UpdateAccessKey A1 of alice"])
    #expect(told(altered, IdentitySet(principals: [alice])) == ["DeleteAccessKey A1 of alice"])
  }

  @Test func theOrderIsThatInWhichOneWouldDoIt() throws {
    let (a, b, c, d) = (try principal("a"), try principal("b"), try principal("c"), try principal("d", kind: .role))
    var changed = b
    changed.tags = [Tag(key: "k", value: "v")]
    let old = IdentitySet(principals: [a, b], accessKeys: [key("A2", of: a), key("A1", of: a), key("B1", of: b)])
    let new = IdentitySet(
      principals: [d, c, changed], accessKeys: [key("C1", of: c), key("B1", of: b, isActive: false)])
    #expect(
      told(old, new) == [
        "DeleteAccessKey A1 of a", "DeleteAccessKey A2 of a", "DeleteUser a", "CreateRole d", "UpdateUser b",
        "CreateUser c", "UpdateAccessKey B1 of b", "CreateAccessKey C1 of c",
      ])
  }

  @Test func ofTwoThatShareANameTheFirstIsTold() throws {
    let (alice, twin) = (try principal("alice"), try principal("alice", id: "twin"))
    let set = IdentitySet(principals: [alice, twin], accessKeys: [key("A1", of: alice), key("A1", of: twin)])
    #expect(told(.empty, set) == ["CreateUser alice", "CreateAccessKey A1 of alice"])
    #expect(told(set, IdentitySet(principals: [alice], accessKeys: [key("A1", of: alice)])) == [])
  }

  @Test func anAccessKeyOfNobodyIsToldOnlyWithAnAccount() throws {
    let gone = try principal("gone")
    #expect(told(.empty, IdentitySet(accessKeys: [key("A1", of: gone)])) == ["CreateAccessKey A1 of gone"])
    let nobody = OpenedAccessKey(id: "A1", principalARN: "nobody", secret: SecretBytes([1]))
    #expect(IdentitySet(accessKeys: [nobody]).changes(from: .empty) == [])
  }
}
