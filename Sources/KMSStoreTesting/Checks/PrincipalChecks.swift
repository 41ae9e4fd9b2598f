// Principals are found by exactly their ARN, and go with their access keys.

import KMSDomain

extension StoreConformance {
  static let principalChecks = [
    Check("a principal comes back as it was put last") { store in
      let neighbour = Samples.principal("bob")
      var principal = Samples.principal("alice")
      try await put([neighbour, principal], in: store)
      for (number, text) in Samples.texts.enumerated() {
        principal.policies = Samples.texts.prefix(number).map { Principal.Policy(name: "n" + $0, document: text) }
        principal.permissionsBoundary = number == 0 ? nil : text
        principal.trustPolicy = number == 1 ? nil : text
        principal.maximumSessionDuration = 3600 * number
        principal.tags = number == 2 ? [] : [Tag(key: "k" + text, value: text), Tag(key: "a", value: "")]
        try await put([principal], in: store)
        let found = try await find(principal.arn, store)
        try expect(found, equals: principal, "the principal after a change")
        try expect(found.map(texts), equals: texts(of: principal), "the bytes of its texts")
      }
      try expect(try await find(neighbour.arn, store), equals: neighbour, "another principal")
    },

    Check("every part of a principal comes back") { store in
      for kind in Principal.Kind.allCases {
        for (number, text) in Samples.texts.enumerated() {
          let principal = Principal(
            id: "I" + text, partition: "aws" + text, account: Samples.otherAccount.account, kind: kind,
            path: "/\(number)" + text + "/", name: "\(number)" + text, creationDate: Samples.date)
          try await put([principal], in: store)
          let found = try await find(principal.arn, store)
          try expect(found, equals: principal, "the principal")
          try expect(found.map(texts), equals: texts(of: principal), "the bytes of its texts")
        }
      }
    },

    Check("a principal is found by no other ARN") { store in
      try await put([Samples.principal("alice"), Samples.principal("alice", kind: .role, path: "/a/")], in: store)
      for arn in [
        "", "arn:aws:iam::111122223333:user/alic", "arn:aws:iam::111122223333:user/alice\u{0}",
        "arn:aws:iam::111122223333:user/Alice", "arn:aws:iam::111122223333:user/%",
        "arn:aws:iam::111122223333:role/alice", "arn:aws:iam::444455556666:user/alice",
        "arn:aws-cn:iam::111122223333:user/alice", "arn:aws:iam::111122223333:user/a/alice",
      ] {
        try expect(try await find(arn, store), equals: nil, "\(arn.debugDescription)")
      }
    },

    Check("a user and a role may share a name, two users of an account may not") { store in
      let first = Samples.principal("alice", path: "/a/")
      let others = [
        Samples.principal("alice", kind: .role), Samples.principal("alice", account: Samples.otherAccount.account),
        Samples.principal("Alice"),
      ]
      try await put([first] + others, in: store)
      try await expectInternalFailure("a second user of the name") { () throws(Fault) in
        try await put([Samples.principal("alice", path: "/b/")], in: store)
      }
      for principal in [first] + others {
        try expect(try await find(principal.arn, store), equals: principal, "the principal after that")
      }
    },

    Check("principals are listed in ascending order of ARN, of one account or of all") { store in
      let names = ["A", "B", "a", "a.b", "b"]
      let users = names.map { Samples.principal($0) }
      let roles = names.map { Samples.principal($0, kind: .role, path: "/p/") }
      let others = [Samples.principal("A", account: Samples.otherAccount.account)]
      try await put((users + roles + others).reversed(), in: store)
      let expected = roles + users
      try expect(try await list(store), equals: expected, "all of the account")
      try expect(try await list(store, limit: 3), equals: Array(expected.prefix(3)), "the first three")
      try expect(try await list(store, limit: 0), equals: [], "none")
      try expect(
        try await list(store, after: expected[3].arn, limit: 4), equals: Array(expected[4..<8]), "four in the middle")
      try expect(
        try await list(store, after: users[0].arn + "0", limit: 1), equals: [users[1]], "one after an ARN not there")
      try expect(try await list(store, after: users[4].arn), equals: [], "after the last")
      let (all, rest) = try await store.read { reader throws(Fault) in
        (
          try reader.principals(after: nil, limit: 100),
          try reader.principals(after: expected[8].arn, limit: 100)
        )
      }
      try expect(all, equals: expected + others, "all")
      try expect(rest, equals: [expected[9]] + others, "all after the last but one of the first account")
    },

    Check("a principal goes with its access keys, and with nobody else's") { store in
      let (gone, left) = (Samples.principal("alice"), Samples.principal("alice2"))
      let keys = ["AKIA1", "AKIA2"].map { Samples.accessKey($0, principal: gone.arn) }
      let others = [
        Samples.accessKey("AKIA3", principal: left.arn), Samples.accessKey("AKIA4", principal: gone.arn + "\u{0}"),
      ]
      try await put([gone, left], in: store)
      try await store.write { transaction throws(Fault) in
        for key in keys + others { try transaction.put(key) }
        try transaction.deletePrincipal(gone.arn + "\u{0}x")
      }
      try expect(try await find(gone.arn, store), equals: gone, "the principal after others were deleted")
      try await store.write { transaction throws(Fault) in
        try transaction.deletePrincipal(gone.arn)
        try transaction.deletePrincipal(gone.arn)
      }
      try expect(try await find(gone.arn, store), equals: nil, "the principal after its deletion")
      try expect(try await find(left.arn, store), equals: left, "another principal")
      let accessKeys = try await store.read { reader throws(Fault) in try reader.accessKeys(after: nil, limit: 9) }
      try expect(accessKeys, equals: others, "the access keys after that")
    },
  ]

  private static func put(_ principals: [Principal], in store: any Store) async throws(Fault) {
    try await store.write { transaction throws(Fault) in
      for principal in principals { try transaction.put(principal) }
    }
  }

  private static func find(_ arn: String, _ store: any Store) async throws -> Principal? {
    try await store.read { reader throws(Fault) in try reader.principal(arn) }
  }

  private static func list(
    _ store: any Store, after arn: String? = nil, limit: Int = 100
  ) async throws -> [Principal] {
    try await store.read { reader throws(Fault) in
      try reader.principals(in: Samples.home.account, after: arn, limit: limit)
    }
  }

  /// The bytes of every text: two that Swift takes for equal differ.
  private static func texts(of principal: Principal) -> [[UInt8]] {
    let texts =
      [
        principal.id, principal.partition, principal.path, principal.name, principal.permissionsBoundary ?? "",
        principal.trustPolicy ?? "",
      ] + principal.policies.flatMap { [$0.name, $0.document] } + principal.tags.flatMap { [$0.key, $0.value] }
    return texts.map { Array($0.utf8) }
  }
}
