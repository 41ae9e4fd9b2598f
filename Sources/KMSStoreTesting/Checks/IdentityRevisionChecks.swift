// Every change of who there is makes a new revision, in the transaction that makes the change.

import KMSDomain

/// Takes back what a transaction did.
private struct ChangeOfMindError: Error {}

extension StoreConformance {
  static let identityRevisionChecks = [
    Check("every change of principals and access keys makes a later revision") { store in
      let principal = Samples.principal("alice")
      let key = Samples.accessKey("AKIA1", principal: principal.arn)
      var disabled = key
      disabled.isActive = false
      let changes: [(String, @Sendable (any StoreTransaction) throws(Fault) -> Void)] = [
        ("adding a principal", { transaction throws(Fault) in try transaction.put(principal) }),
        ("replacing it", { transaction throws(Fault) in try transaction.put(principal) }),
        ("adding an access key", { transaction throws(Fault) in try transaction.put(key) }),
        ("disabling it", { [disabled] transaction throws(Fault) in try transaction.put(disabled) }),
        ("deleting it", { transaction throws(Fault) in try transaction.deleteAccessKey(key.id) }),
        ("deleting the principal", { transaction throws(Fault) in try transaction.deletePrincipal(principal.arn) }),
      ]
      var last = try await revision(store)
      try expect(last, equals: 0, "the revision of a new store")
      for _ in 0..<3 {
        for (what, change) in changes {
          let seen = try await store.write { transaction throws(Fault) in
            try change(transaction)
            return try transaction.identityRevision()
          }
          try expect(seen > last, "the revision after \(what): expected more than \(last), found \(seen)")
          try expect(try await revision(store), equals: seen, "the revision after \(what), read afterwards")
          last = seen
        }
      }
    },

    Check("nothing else makes a revision") { store in
      try await store.write { transaction throws(Fault) in try transaction.put(Samples.principal("alice")) }
      let revision = try await revision(store)
      try await store.insert([Samples.key(1)])
      try await store.setProperty("p", to: [1])
      try await store.write { transaction throws(Fault) in
        try transaction.deleteAccessKey("AKIA")
        try transaction.deletePrincipal("arn:aws:iam::111122223333:user/bob")
      }
      try expect(try await Self.revision(store), equals: revision, "the revision")
      do throws(Fault) {
        try await store.write { transaction throws(Fault) in
          try transaction.put(Samples.principal("bob"))
          throw Fault(.internalFailure, cause: ChangeOfMindError())
        }
      } catch {
        guard error.cause is ChangeOfMindError else { throw error }
      }
      try expect(try await Self.revision(store), equals: revision, "the revision after a change that was taken back")
    },

    Check("a revision that is no number is an internal failure") { store in
      let unreadable: [[UInt8]] = [[], Array("x".utf8), [0xFF]]
      for bytes in unreadable {
        try await store.setProperty(identityRevisionProperty, to: bytes)
        try await expectInternalFailure("reading the revision") { () throws(Fault) in
          _ = try await revision(store)
        }
      }
    },
  ]

  private static func revision(_ store: any Store) async throws(Fault) -> Int {
    try await store.read { reader throws(Fault) in try reader.identityRevision() }
  }
}
