// What the commands that change an access key have in common.

import KMSDomain
import KMSStoreSQLite

/// A change to an access key that is there.
enum AccessKeyChange {
  case enable
  case disable
  case delete

  /// Makes the change and prints what became of the access key; of a deleted one, what it was.
  func make(to id: String, in store: SQLiteStore) async throws(CommandFailure) {
    let key = try await store.change { transaction throws(Fault) in
      guard var key = try transaction.accessKey(id) else {
        throw .command(.noInput, "the store has no access key of this id")
      }
      switch self {
      case .enable, .disable:
        key.isActive = self == .enable
        try transaction.put(key)
      case .delete: try transaction.deleteAccessKey(id)
      }
      return key
    }
    CommandOutput.print { $0.accessKey(key) }
  }
}
