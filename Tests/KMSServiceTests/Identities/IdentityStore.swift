// A store with keys of its own, for tests of identities.

import Foundation
import KMSAccess
import KMSCrypto
import KMSDomain
import KMSService
import KMSStoreSQLite
import SecureMemory
import Testing

/// A temporary store, its keys, and an account.
struct IdentityStore {
  static let allow = #"{"Statement":[{"Effect":"Allow","Action":"kms:*","Resource":"*"}]}"#

  let store: SQLiteStore
  let keys: StoreKeys
  let home: AccountRegion

  init() async throws {
    store = try SQLiteStore.temporary()
    keys = try await StoreKeys.open(store, rootKey: RandomBytes.bytes(count: 32))
    home = AccountRegion(
      account: try #require(AccountID("111122223333")), region: try #require(Region("us-east-1")))
  }

  /// Loads what the store has beside what is declared.
  func loader(_ declared: DeclaredIdentities = .init()) -> IdentityLoader {
    IdentityLoader(store: store, keys: keys, account: home.account, declared: declared)
  }

  /// A user of the account.
  func user(_ name: String, path: String = "/", policy: String = allow) -> Principal {
    Principal(
      id: PrincipalID.random(for: .user), partition: "aws", account: home.account, kind: .user, path: path,
      name: name, policies: [Principal.Policy(name: "p", document: policy)], creationDate: Date())
  }

  /// Keeps a user with a new access key.
  func put(_ user: Principal) async throws -> (record: AccessKey, secret: SecretBytes) {
    let made = try keys.makeAccessKey(for: user, now: Date())
    let record = made.record
    try await store.write { transaction throws(Fault) in
      try transaction.put(user)
      try transaction.put(record)
    }
    return made
  }

  /// Keeps an access key as it is now.
  func put(_ accessKey: AccessKey) async throws {
    try await store.write { transaction throws(Fault) in try transaction.put(accessKey) }
  }
}
