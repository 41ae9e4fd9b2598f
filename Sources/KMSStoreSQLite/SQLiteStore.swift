// The embedded store: one SQLite database in a directory of its own.

import Dispatch
import GRDB
public import KMSDomain
import Synchronization

/// A store in an SQLite database: for the service, and for commands beside it.
///
/// Reads run side by side on snapshots and never wait for a write. A write is on disk, synced, before it returns;
/// writes that come at the same time share a sync. No call but ``writeAndWait(_:)`` blocks the calling
/// thread.
public final class SQLiteStore: Store {
  /// Nil for a store in memory.
  private let directory: DataDirectory?
  private let gate = AccessGate()
  private let commits: GroupCommit
  /// The one closing of the store, once it has begun.
  private let closing = Mutex<Task<Void, Never>?>(nil)
  /// The connections: a pool of them, or the one that a database in memory has. Tests look at the database through them.
  let pool: any DatabaseWriter

  /// Opens the store in `directory`, making either if it is missing.
  ///
  /// The directory (mode 0700 if it is made here) holds `keywright.db`, its write-ahead log and `lock`, all of mode
  /// 0600. It stays locked until ``close()`` or the end of the process.
  ///
  /// - Throws: ``StoreLockedError`` when another process has it open; otherwise ``StoreOpeningError``.
  public convenience init(directory: String) throws {
    try self.init(DataDirectory(path: directory))
  }

  /// Opens the store in `directory` whether or not a service has it open: for commands that look something up or make
  /// a small change.
  ///
  /// No lock of the directory's is taken; SQLite lets one transaction write at a time, and a write waits up to 5
  /// seconds for its turn. Nothing is made and nothing migrated.
  ///
  /// - Throws: ``StoreOpeningError``.
  public convenience init(besideService directory: String) throws {
    try self.init(DataDirectory(beside: directory))
  }

  /// Opens an empty store in a new directory among the system's temporary files; ``close()`` removes it.
  ///
  /// - Throws: ``StoreOpeningError``.
  public static func temporary() throws -> SQLiteStore {
    try SQLiteStore(DataDirectory.temporary())
  }

  /// Opens an empty store in memory, which goes with its last reference; no file is made.
  ///
  /// It is for tests: everything is as elsewhere, but that nothing is durable, and reads wait for each other and for
  /// writes.
  ///
  /// - Throws: an error of SQLite's.
  public static func inMemory() throws -> SQLiteStore {
    SQLiteStore(inMemory: try DatabaseQueue.openInMemory())
  }

  private init(_ directory: DataDirectory) throws {
    self.directory = directory
    do {
      pool = try DatabasePool.open(in: directory)
    } catch {
      // What is left of the connections may keep the directory for a moment.
      directory.release()
      throw error
    }
    commits = GroupCommit(pool)
  }

  private init(inMemory database: DatabaseQueue) {
    directory = nil
    pool = database
    commits = GroupCommit(database)
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
      commits.submit(GroupCommit.Write(body) { continuation.resume(returning: $0) })
    }
    return try result.get()
  }

  /// Runs `body` on the calling thread, in a serializable transaction that is durable when this returns.
  public func writeAndWait<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreTransaction) throws(Fault) -> Value
  ) throws(Fault) -> Value {
    try gate.enter()
    defer { gate.leave() }
    let answer = Answer<Value>()
    commits.perform(GroupCommit.Write(body) { answer.give($0) })
    return try answer.result.get()
  }

  /// What a write on the calling thread came to.
  private final class Answer<Value: Sendable>: Sendable {
    private let given = Mutex<Result<Value, Fault>?>(nil)

    func give(_ result: Result<Value, Fault>) { given.withLock { $0 = result } }

    var result: Result<Value, Fault> { given.withLock { $0 } ?? .failure(.internalFailure(UnansweredWriteError())) }
  }

  /// Waits for the calls under way, then closes the database and unlocks the directory. A second call waits for the
  /// first.
  public func close() async {
    let task = closing.withLock { closing in
      if let closing { return closing }
      let task = Task { [gate, pool, directory] in
        await gate.close()
        await Self.close(pool, isExclusive: directory?.isExclusive ?? true)
        directory?.release()
      }
      closing = task
      return task
    }
    await task.value
  }

  private static func close(_ connections: any DatabaseWriter, isExclusive: Bool) async {
    await withCheckedContinuation { continuation in
      // Copies the log into the database, which takes a while: not on the caller's thread.
      DispatchQueue.global().async {
        if let pool = connections as? DatabasePool {
          // Nothing is lost if these fail: every commit is in the log, which the next start reads. The log of a service
          // that runs is the service's own business.
          if isExclusive { _ = try? pool.barrierWriteWithoutTransaction { try $0.checkpoint(.truncate) } }
          // The last connection to close removes the log, and must be able to write for that: readers go first.
          pool.invalidateReadOnlyConnections()
        }
        try? connections.close()
        continuation.resume()
      }
    }
  }
}
