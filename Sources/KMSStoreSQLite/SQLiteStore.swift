// The embedded store: one SQLite database in a directory of its own.

import Dispatch
import GRDB
public import KMSDomain

/// A store in an SQLite database, for one process.
///
/// Reads run side by side on snapshots and never wait for a write. A write is on disk, synced, before it returns;
/// writes that come at the same time share a sync. No call blocks the calling thread.
public final class SQLiteStore: Store {
  private let directory: DataDirectory
  private let gate = AccessGate()
  private let commits: GroupCommit
  /// The connections. Tests look at the database through them.
  let pool: DatabasePool

  /// Opens the store in `directory`, making either if it is missing.
  ///
  /// The directory (mode 0700 if it is made here) holds `keywright.db`, its write-ahead log and `lock`, all of mode
  /// 0600. It stays locked until ``close()`` or the end of the process.
  ///
  /// - Throws: ``StoreLockedError`` when another process has it open; otherwise ``StoreOpeningError``.
  public convenience init(directory: String) throws {
    try self.init(DataDirectory(path: directory))
  }

  /// Opens an empty store in a new directory among the system's temporary files; ``close()`` removes it.
  ///
  /// - Throws: ``StoreOpeningError``.
  public static func temporary() throws -> SQLiteStore {
    try SQLiteStore(DataDirectory.temporary())
  }

  private init(_ directory: DataDirectory) throws {
    self.directory = directory
    pool = try DatabasePool.open(in: directory)
    commits = GroupCommit(pool)
  }

  /// Runs `body` on one consistent snapshot, which has every write that returned before this call.
  public func read<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreReader) throws(Fault) -> Value
  ) async throws(Fault) -> Value {
    try gate.enter()
    defer { gate.leave() }
    let result: Result<Value, Fault> = await withCheckedContinuation { continuation in
      pool.asyncRead { access in
        switch access {
        case .success(let database):
          continuation.resume(returning: SQLiteTransaction(database).result(of: body))
        case .failure(let error):
          continuation.resume(returning: .failure(.internalFailure(error)))
        }
      }
    }
    return try result.get()
  }

  /// Runs `body` in a serializable transaction that is durable when this returns. Cancelling the task does not stop
  /// it.
  public func write<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreTransaction) throws(Fault) -> Value
  ) async throws(Fault) -> Value {
    try gate.enter()
    defer { gate.leave() }
    let result: Result<Value, Fault> = await withCheckedContinuation { continuation in
      let write = GroupCommit.Write(
        run: { transaction in
          let result = transaction.result(of: body)
          return GroupCommit.Outcome(fault: result.fault) { continuation.resume(returning: result) }
        },
        fail: { continuation.resume(returning: .failure($0)) })
      commits.submit(write)
    }
    return try result.get()
  }

  /// Waits for the calls under way, then closes the database and unlocks the directory.
  public func close() async {
    await gate.close()
    await withCheckedContinuation { continuation in
      // Closing copies the log into the database, which takes a while: not on the caller's thread.
      DispatchQueue.global().async { [pool, directory] in
        // Nothing is lost if this fails: every commit is in the log, which the next start reads.
        try? pool.close()
        directory.release()
        continuation.resume()
      }
    }
  }
}

extension Result {
  /// The failure, if it is one.
  fileprivate var fault: Failure? {
    if case .failure(let fault) = self { fault } else { nil }
  }
}
