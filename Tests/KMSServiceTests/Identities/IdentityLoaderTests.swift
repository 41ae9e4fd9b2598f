// Who there is: read from the store, declared, and read again when another process has changed it.

import Foundation
import KMSAccess
import KMSDomain
import KMSService
import KMSStoreSQLite
import Logging
import SecureMemory
import Synchronization
import Testing

@Suite struct IdentityLoaderTests {
  @Test func whatIsStoredAndWhatIsDeclaredStandSideBySide() async throws {
    let place = try await IdentityStore()
    let stored = try await place.put(place.user("stored"))
    var declared = DeclaredIdentities()
    declared.accounts = [try #require(AccountID("444455556666"))]
    let user = place.user("declared")
    declared.principals = [user]
    declared.accessKeys = [
      OpenedAccessKey(id: "DECLARED", principalARN: user.arn, secret: SecretBytes([1, 2]), isActive: false)
    ]
    let set = try await place.loader(declared).load()
    #expect(set.problems == [])
    #expect(set.accessKey(stored.record.id)?.secret == stored.secret)
    #expect(set.accessKey("DECLARED")?.secret == SecretBytes([1, 2]))
    #expect(set.accessKey("DECLARED")?.isActive == false)
    let accounts = ["111122223333", "444455556666", "999988887777"].compactMap { AccountID($0) }
    #expect(accounts.map(set.hosts) == [true, true, false])
    // What is declared is never written down.
    #expect(try await place.store.read { reader throws(Fault) in try reader.principal(user.arn) } == nil)
  }

  @Test func everyPageIsRead() async throws {
    let place = try await IdentityStore()
    let users = (0..<2100).map { place.user("user\($0)", policy: IdentityStore.allow) }
    try await place.store.write { transaction throws(Fault) in
      for user in users { try transaction.put(user) }
    }
    let set = try await place.loader().load()
    #expect(users.allSatisfy { set.user(arn: $0.arn) != nil })
  }

  @Test func whatIsBothDeclaredAndStoredIsRefusedAtTheStart() async throws {
    let place = try await IdentityStore()
    let stored = try await place.put(place.user("alice"))
    let twin = place.user("Alice", path: "/elsewhere/")
    for (user, id) in [(place.user("alice"), "K1"), (twin, "K2"), (place.user("bob"), stored.record.id)] {
      var declared = DeclaredIdentities()
      declared.principals = [user]
      declared.accessKeys = [OpenedAccessKey(id: id, principalARN: user.arn, secret: SecretBytes([7]))]
      await #expect(throws: IdentityLoader.Failure.self) { try await place.loader(declared).load() }
      // While the service runs, what is declared goes on, and the stored access key is nobody's but its own user's.
      let set = try await place.loader(declared).reload()
      #expect(set.accessKey(id)?.secret == SecretBytes([7]))
      #expect(set.accessKey(id)?.identity.arn == user.arn)
      if id != stored.record.id { #expect(set.accessKey(stored.record.id) == nil) }
      #expect(set.problems.contains { $0.kind == .duplicate })
    }
  }

  @Test func whatWasAlteredIsLeftOutAndTheOthersGoOn() async throws {
    let place = try await IdentityStore()
    let broken = try await place.put(place.user("broken", policy: "{"))
    let moved = try await place.put(place.user("moved"))
    let whole = try await place.put(place.user("whole"))
    try await place.put(
      AccessKey(
        id: moved.record.id, account: moved.record.account, principalARN: moved.record.principalARN,
        wrappedSecret: whole.record.wrappedSecret, creationDate: Date()))
    let set = try await place.loader().load()
    #expect(set.accessKey(broken.record.id) == nil)
    #expect(set.accessKey(moved.record.id) == nil)
    #expect(set.accessKey(whole.record.id)?.secret == whole.secret)
    #expect(Set(set.problems.map(\.subject)) == [place.user("broken").arn, "access key \(moved.record.id)"])
  }

  @Test func aChangeIsNoticed() async throws {
    let place = try await IdentityStore()
    let loader = place.loader()
    let directory = IdentityDirectory(try await loader.load())
    let refresh = IdentityRefresh(loader: loader, directory: directory, logger: Logger(label: "test"))
    #expect(try await refresh.refresh() == false)
    let made = try await place.put(place.user("alice"))
    #expect(directory.current.accessKey(made.record.id) == nil)
    #expect(try await refresh.refresh())
    #expect(directory.current.accessKey(made.record.id)?.isActive == true)
    #expect(try await refresh.refresh() == false)

    var disabled = made.record
    disabled.isActive = false
    try await place.put(disabled)
    #expect(try await refresh.refresh())
    #expect(directory.current.accessKey(made.record.id)?.isActive == false)

    try await place.store.write { transaction throws(Fault) in
      try transaction.deletePrincipal(made.record.principalARN)
    }
    #expect(try await refresh.refresh())
    #expect(directory.current.accessKey(made.record.id) == nil)
  }

  @Test func whatHasChangedIsTold() async throws {
    let place = try await IdentityStore()
    let loader = place.loader()
    let directory = IdentityDirectory(try await loader.load())
    let told = Mutex<[IdentityChange]>([])
    let refresh = IdentityRefresh(
      loader: loader, directory: directory,
      record: { change in
        // By then it is in force.
        #expect(change.name == .deleteUser || directory.current.user(arn: change.principalARN) != nil)
        told.withLock { $0.append(change) }
      }, logger: Logger(label: "test"))
    func changes() async throws -> [IdentityChange] {
      _ = try await refresh.refresh()
      return told.withLock { told in
        defer { told = [] }
        return told
      }
    }
    let (alice, account) = (place.user("alice"), place.home.account)
    var made = try await place.put(alice).record
    #expect(
      try await changes() == [
        IdentityChange(.createUser, account: account, principalARN: alice.arn),
        IdentityChange(.createAccessKey, account: account, principalARN: alice.arn, accessKeyID: made.id),
      ])
    #expect(try await changes() == [])
    made.isActive = false
    try await place.put(made)
    let switched = IdentityChange(.updateAccessKey, account: account, principalARN: alice.arn, accessKeyID: made.id)
    #expect(try await changes() == [switched])
    let id = made.id
    try await place.store.write { transaction throws(Fault) in try transaction.deleteAccessKey(id) }
    let deleted = IdentityChange(.deleteAccessKey, account: account, principalARN: alice.arn, accessKeyID: id)
    #expect(try await changes() == [deleted])
    try await place.store.write { transaction throws(Fault) in try transaction.deletePrincipal(alice.arn) }
    #expect(try await changes() == [IdentityChange(.deleteUser, account: account, principalARN: alice.arn)])
  }

  @Test func anAlteredSecretIsToldAsAChangeOfItsAccessKey() async throws {
    let place = try await IdentityStore()
    let made = try await place.put(place.user("alice"))
    let loader = place.loader()
    let old = try await loader.load()
    try await place.put(
      AccessKey(
        id: made.record.id, account: made.record.account, principalARN: made.record.principalARN,
        wrappedSecret: Array(made.record.wrappedSecret.reversed()), creationDate: made.record.creationDate))
    let new = try await loader.reload()
    #expect(new.accessKey(made.record.id) == nil)
    #expect(new.changes(from: old).map(\.name) == [.updateAccessKey])
  }

  @Test(.timeLimit(.minutes(1))) func itLooksByItselfUntilItIsCancelled() async throws {
    let place = try await IdentityStore()
    let loader = place.loader()
    let directory = IdentityDirectory(try await loader.load())
    let refresh = IdentityRefresh(
      loader: loader, directory: directory, interval: .milliseconds(5), logger: Logger(label: "test"))
    let running = Task { await refresh.run() }
    let made = try await place.put(place.user("alice"))
    while directory.current.accessKey(made.record.id) == nil { try await Task.sleep(for: .milliseconds(5)) }
    running.cancel()
    await running.value
  }

  @Test func uniqueIDs() {
    let arn = "arn:aws:iam::111122223333:user/alice"
    let ids = [
      PrincipalID.random(for: .user), PrincipalID.random(for: .user), PrincipalID.derived(for: .user, arn: arn),
      PrincipalID.derived(for: .role, arn: arn), PrincipalID.derived(for: .user, arn: arn + "x"),
    ]
    #expect(Set(ids).count == ids.count)
    #expect(PrincipalID.derived(for: .user, arn: arn) == ids[2])
    for (id, prefix) in zip(ids, ["AIDA", "AIDA", "AIDA", "AROA", "AIDA"]) {
      #expect(id.hasPrefix(prefix))
      #expect(id.count == 21)
      #expect(id.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x32...0x37).contains($0) })
    }
  }
}
