// Writes that wait while another is being made durable become durable together: one sync answers them all.

import GRDB
import KMSDomain
import Synchronization

/// Runs writes one after the other on the store's writing connection, in groups that share a commit.
///
/// A write that comes when nothing is under way is committed at once, alone. What comes meanwhile waits and forms the
/// next group: under load the groups grow by themselves, and nobody waits for company. Each write of a group has a
/// savepoint, so one that fails takes only its own changes back. Nobody is answered before the commit, for what a
/// write saw of the others of its group is true only then; if the whole transaction fails, each runs again alone.
final class GroupCommit: Sendable {
  /// A caller's transaction.
  struct Write: Sendable {
    /// Runs the caller's body; a second time if its group's transaction failed.
    let run: @Sendable (SQLiteTransaction) -> Outcome
    /// Tells the caller that nothing was changed. Called instead of an outcome's answer.
    let fail: @Sendable (Fault) -> Void

    init(run: @escaping @Sendable (SQLiteTransaction) -> Outcome, fail: @escaping @Sendable (Fault) -> Void) {
      self.run = run
      self.fail = fail
    }

    /// The transaction of `body`, whose caller hears of its result through `answer`.
    init<Value: Sendable>(
      _ body: @escaping @Sendable (any StoreTransaction) throws(Fault) -> Value,
      answer: @escaping @Sendable (Result<Value, Fault>) -> Void
    ) {
      run = { transaction in
        let result = transaction.result(of: body)
        return Outcome(fault: result.fault) { answer(result) }
      }
      fail = { answer(.failure($0)) }
    }
  }

  /// What a body came to.
  struct Outcome {
    /// Why the body's changes are to be taken back; nil to keep them.
    let fault: Fault?
    /// Tells the caller, once the group is durable.
    let answer: @Sendable () -> Void
  }

  private struct Queue {
    var waiting: [Write] = []
    var isDraining = false
  }

  /// Bounds how long the first of a group waits for the last.
  private static let maximumGroup = 128

  private let connections: any DatabaseWriter
  private let queue = Mutex(Queue())

  /// Commits on the writing one of `connections`.
  init(_ connections: any DatabaseWriter) {
    self.connections = connections
  }

  /// Adds a write and returns at once.
  func submit(_ write: Write) {
    let isFirst = queue.withLock { queue in
      queue.waiting.append(write)
      defer { queue.isDraining = true }
      return !queue.isDraining
    }
    if isFirst { connections.asyncWriteWithoutTransaction(drain) }
  }

  /// Commits a write on the calling thread, which waits for its turn, together with what waits then.
  func perform(_ write: Write) {
    connections.writeWithoutTransaction { database in commit([write] + takeGroup(), database) }
  }

  /// Commits a group. Whoever is on a thread of its own has its turn between two groups.
  @Sendable private func drain(_ database: Database) {
    let group = takeGroup()
    if !group.isEmpty { commit(group, database) }
    let isDone = queue.withLock { queue in
      queue.isDraining = !queue.waiting.isEmpty
      return !queue.isDraining
    }
    if !isDone { connections.asyncWriteWithoutTransaction(drain) }
  }

  private func takeGroup() -> [Write] {
    queue.withLock { queue in
      defer { queue.waiting.removeFirst(min(queue.waiting.count, Self.maximumGroup)) }
      return Array(queue.waiting.prefix(Self.maximumGroup))
    }
  }

  private func commit(_ group: [Write], _ database: Database) {
    var outcomes: [Outcome] = []
    do {
      try database.inTransaction(.immediate) {
        if group.count == 1 {
          outcomes = group.map { $0.run(SQLiteTransaction(database)) }
          return outcomes.allSatisfy { $0.fault == nil } ? .commit : .rollback
        }
        for write in group { outcomes.append(try runInSavepoint(write, database)) }
        return .commit
      }
      for outcome in outcomes { outcome.answer() }
    } catch {
      let isBusy = (error as? DatabaseError)?.resultCode == .SQLITE_BUSY
      if group.count == 1 || isBusy {
        // When another process has the database, each alone would only wait for it again.
        for write in group { write.fail(error as? Fault ?? .internalFailure(error)) }
      } else {
        // One of them may be why, such as one too large for what is left of the disk: the others need not fail.
        for write in group { commit([write], database) }
      }
    }
  }

  private func runInSavepoint(_ write: Write, _ database: Database) throws -> Outcome {
    try database.cachedStatement(sql: "SAVEPOINT caller").execute()
    let outcome = write.run(SQLiteTransaction(database))
    if let fault = outcome.fault {
      // After some failures, such as a full disk, SQLite has already taken back the whole transaction.
      guard database.isInsideTransaction else { throw fault }
      try database.cachedStatement(sql: "ROLLBACK TO caller").execute()
    }
    try database.cachedStatement(sql: "RELEASE caller").execute()
    return outcome
  }
}

extension Result {
  /// The failure, if it is one.
  fileprivate var fault: Failure? {
    if case .failure(let fault) = self { fault } else { nil }
  }
}
