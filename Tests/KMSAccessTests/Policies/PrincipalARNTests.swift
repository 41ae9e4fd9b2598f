// The ARNs of principals, and whom they name.

import KMSAccess
import KMSDomain
import Testing

@Suite struct PrincipalARNTests {
  @Test(arguments: [
    ("arn:aws:iam::111122223333:root", PrincipalARN.Kind.root),
    ("arn:aws-cn:iam::111122223333:root", .root),
    ("arn:aws-us-gov:iam::111122223333:user/alice", .user("alice")),
    ("arn:aws:iam::111122223333:user/team/blue/alice+1@example.com", .user("team/blue/alice+1@example.com")),
    ("arn:aws:iam::111122223333:role/app", .role("app")),
    ("arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/R", .role("aws-service-role/x.amazonaws.com/R")),
    ("arn:aws:sts::111122223333:assumed-role/app/session", .assumedRole(role: "app", session: "session")),
    ("arn:aws:sts::111122223333:federated-user/bob", .federatedUser("bob")),
  ])
  func wellFormed(text: String, kind: PrincipalARN.Kind) throws {
    let arn = try #require(PrincipalARN(text))
    #expect(arn.kind == kind)
    #expect(arn.account == AccountID("111122223333"))
    #expect(arn.description == text)
    #expect(text.hasPrefix("arn:\(arn.partition):"))
  }

  @Test(arguments: [
    "", "*", "111122223333", "alice", "arn:aws:iam::111122223333", "arn:aws:iam::111122223333:",
    "arn:aws:iam::11112222333:root", "arn:aws:iam::1111222233334:root", "arn:aws:iam:us-east-1:111122223333:root",
    "arn:aws:sts::111122223333:root", "arn:aws:iam::111122223333:user", "arn:aws:iam::111122223333:user/",
    "arn:aws:iam::111122223333:user/*", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:role/a*/b",
    "arn:aws:iam::111122223333:user//a", "arn:aws:iam::111122223333:group/admins", "arn:aws:iam::*:root",
    "arn:*:iam::111122223333:root", "arn:other:iam::111122223333:root", "arn:aws:s3::111122223333:user/a",
    "arn:aws:sts::111122223333:assumed-role/app", "arn:aws:sts::111122223333:assumed-role/app/",
    "arn:aws:sts::111122223333:assumed-role/a/b/c", "arn:aws:iam::111122223333:assumed-role/a/b",
    "arn:aws:iam::111122223333:federated-user/bob", "arn:aws:organizations::111122223333:organization/o-1",
    "arn:aws:iam::111122223333:user/a b", "arn:aws:iam::111122223333:root ", "arn:aws:iam::111122223333:user/ü",
    "ARN:aws:iam::111122223333:root", "logs.amazonaws.com",
  ])
  func malformed(text: String) {
    #expect(PrincipalARN(text) == nil)
  }

  @Test func namesOfUsersEndAfter64Characters() {
    let name = String(repeating: "x", count: 64)
    #expect(PrincipalARN("arn:aws:iam::111122223333:user/\(name)") != nil)
    #expect(PrincipalARN("arn:aws:iam::111122223333:user/\(name)x") == nil)
  }

  @Test(arguments: [
    ("user/alice", "user/alice", true), ("user/alice", "user/Alice", false), ("user/a/alice", "user/alice", false),
    ("role/app", "assumed-role/app/one", true), ("role/path/app", "assumed-role/app/one", true),
    ("role/app/path", "assumed-role/app/one", false), ("role/ap", "assumed-role/app/one", false),
    ("assumed-role/app/one", "assumed-role/app/one", true), ("assumed-role/app/one", "assumed-role/app/two", false),
    ("assumed-role/app/one", "role/app", false), ("root", "root", true), ("root", "user/alice", false),
    ("user/app", "assumed-role/app/one", false), ("federated-user/alice", "user/alice", false),
  ])
  func naming(named: String, caller: String, expected: Bool) throws {
    func arn(_ resource: String, _ account: String) throws -> PrincipalARN {
      let service = resource.hasPrefix("assumed-role") || resource.hasPrefix("federated") ? "sts" : "iam"
      return try #require(PrincipalARN("arn:aws:\(service)::\(account):\(resource)"))
    }
    #expect(try arn(named, "111122223333").names(arn(caller, "111122223333")) == expected)
    #expect(try arn(named, "111122223333").names(arn(caller, "444455556666")) == false)
  }
}
