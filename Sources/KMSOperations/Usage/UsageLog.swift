// When keys were last used: noted in memory by every request, written to the store in batches.

public import KMSDomain
import Synchronization

/// The last uses that the store has not been told of.
///
/// Noting one costs a look-up in a dictionary. What was noted since the last ``flush(to:)`` is lost if the process
/// dies: GetKeyLastUsage then tells of the use before.
public final class UsageLog: Sendable {
  private static let batchSize = 1000

  private let unwritten = Mutex<[KeyName: KeyLastUsage]>([:])

  /// An empty log.
  public init() {}

  /// Notes a successful use.
  func note(_ usage: KeyLastUsage, of key: Key) {
    unwritten.withLock { unwritten in
      if let noted = unwritten[key.name], noted.date > usage.date { return }
      unwritten[key.name] = usage
    }
  }

  /// The last use of a key that is noted here.
  func lastUsage(of key: Key) -> KeyLastUsage? {
    unwritten.withLock { $0[key.name] }
  }

  /// Writes what was noted. What cannot be written is kept for the next time.
  public func flush(to store: any Store) async throws(Fault) {
    var rest = Array(unwritten.withLock(\.self))
    // In parts, so that no other write waits long.
    while !rest.isEmpty {
      let batch = Array(rest.suffix(Self.batchSize))
      rest.removeLast(batch.count)
      try await store.write { transaction throws(Fault) in
        for (name, usage) in batch { try transaction.record(usage, of: name.id, region: name.region) }
      }
      // Only what was written goes: a use noted meanwhile stays.
      unwritten.withLock { unwritten in
        for (name, usage) in batch where unwritten[name] == usage { unwritten[name] = nil }
      }
    }
  }
}
