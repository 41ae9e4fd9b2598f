// Writes that share a commit: one sync, own failures, nobody answered early.

import Foundation
import GRDB
import KMSDomain
import Synchronization
import Testing

@testable import KMSStoreSQLite

@Suite struct GroupCommitTests {
  /// Counts commits, and can refuse them.
  private final class CommitObserver: TransactionObserver, Sendable {
    let commits = Mutex(0)
    let refuses = Mutex(false)

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseWillCommit() throws { if refuses.withLock(\.self) { throw Refusal() } }
    func databaseDidCommit(_ database: Database) { commits.withLock { $0 += 1 } }
    func databaseDidRollback(_ database: Database) {}
  }

  private struct Refusal: Error {}

  /// What became of each write of a group.
  private final class Log: Sendable {
    let entries = Mutex<[Int: String]>([:])
    func add(_ number: Int, _ entry: String) { entries.withLock { $0[number, default: ""] += entry } }
  }

  private let place: TemporaryPlace
  private let pool: DatabasePool
  private let commits: GroupCommit
  private let observer = CommitObserver()
  private let log = Log()

  init() throws {
    place = try TemporaryPlace()
    pool = try DatabasePool.open(in: DataDirectory(path: place("data")), patience: 0.2)
    commits = GroupCommit(pool)
    pool.add(transactionObserver: observer, extent: .databaseLifetime)
  }

  /// A write that sets the property of its number, and then does what it is told.
  private func write(_ number: Int, fault: Fault? = nil) -> GroupCommit.Write {
    GroupCommit.Write(
      run: { [log, observer] transaction in
        log.add(number, "ran ")
        let result = transaction.result { transaction throws(Fault) in
          try transaction.setProperty("\(number)", to: [1])
          if let fault { throw fault }
        }
        let commitsBefore = observer.commits.withLock(\.self)
        return GroupCommit.Outcome(fault: { if case .failure(let fault) = result { fault } else { nil } }()) {
          let isCommitted = observer.commits.withLock(\.self) > commitsBefore
          log.add(number, isCommitted ? "answered after commit" : "answered without commit")
        }
      },
      fail: { [log] fault in log.add(number, fault.cause is Refusal ? "refused" : "failed: \(fault)") })
  }

  /// Submits `writes` while another write is under way, so that they wait together, and returns when all are answered.
  private func submitTogether(_ writes: [GroupCommit.Write]) async {
    await withCheckedContinuation { continuation in
      let last = GroupCommit.Write(
        run: { _ in GroupCommit.Outcome(fault: nil) { continuation.resume() } },
        fail: { _ in continuation.resume() })
      let first = GroupCommit.Write(
        run: { [commits] _ in
          for write in writes + [last] { commits.submit(write) }
          return GroupCommit.Outcome(fault: nil) {}
        },
        fail: { _ in })
      commits.submit(first)
    }
  }

  private func properties() async throws -> Set<Int> {
    try await pool.read { Set(try Int.fetchAll($0, sql: "SELECT CAST(name AS INTEGER) FROM property")) }
  }

  @Test func aLockedDatabaseIsWaitedForOnce() async throws {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let other = try DatabaseQueue(path: place("data/keywright.db"), configuration: configuration)
    try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    let start = ContinuousClock.now
    await withCheckedContinuation { continuation in
      let last = GroupCommit.Write(
        run: { _ in GroupCommit.Outcome(fault: nil) { continuation.resume() } },
        fail: { _ in continuation.resume() })
      for write in (0..<15).map({ write($0) }) + [last] { commits.submit(write) }
    }
    // Once for those that were there at first, and once for the others.
    #expect(start.duration(to: .now) < .milliseconds(1500))
    #expect(log.entries.withLock { $0.values.allSatisfy { $0.hasPrefix("failed") } && $0.count == 15 })
    try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
  }

  @Test func writesThatWaitTogetherShareACommit() async throws {
    await submitTogether((0..<31).map { write($0) })
    #expect(try await properties() == Set(0..<31))
    #expect(log.entries.withLock(\.self).count == 31)
    #expect(Set(log.entries.withLock(\.self).values) == ["ran answered after commit"])
    // The write before, and this group.
    #expect(observer.commits.withLock(\.self) <= 2)
  }

  @Test func aGroupHasAnEnd() async throws {
    await submitTogether((0..<300).map { write($0) })
    #expect(try await properties() == Set(0..<300))
    // 128, 128 and the rest, and perhaps the write before, which changed nothing.
    #expect((3...4).contains(observer.commits.withLock(\.self)))
  }

  @Test func oneThatFailsTakesBackItsOwnChangesOnly() async throws {
    await submitTogether((0..<30).map { write($0, fault: $0.isMultiple(of: 3) ? .incorrectKey : nil) })
    #expect(try await properties() == Set((0..<30).filter { !$0.isMultiple(of: 3) }))
    #expect(Set(log.entries.withLock(\.self).values) == ["ran answered after commit"])
  }

  @Test func whenTheCommitFailsEachIsTriedAloneAndFails() async throws {
    observer.refuses.withLock { $0 = true }
    await submitTogether((0..<10).map { write($0, fault: $0 == 3 ? .incorrectKey : nil) })
    #expect(try await properties().isEmpty)
    #expect(
      Set(log.entries.withLock(\.self).values) == [
        "ran ran refused", "ran ran answered without commit",
      ])
    observer.refuses.withLock { $0 = false }
    await submitTogether([write(99)])
    #expect(try await properties() == [99])
  }

  @Test func oneAloneThatFailsLeavesNothing() async throws {
    let store = try SQLiteStore(directory: place("other"))
    let error = await #expect(throws: Fault.self) {
      try await store.write { transaction throws(Fault) in
        try transaction.setProperty("p", to: [1])
        throw .incorrectKey
      }
    }
    #expect(error?.kind == .incorrectKey)
    #expect(try await store.read { reader throws(Fault) in try reader.property("p") } == nil)
    await store.close()
  }

  @Test func concurrentWritersShareSyncs() async throws {
    let store = try SQLiteStore(directory: place("many"))
    let observer = CommitObserver()
    store.pool.add(transactionObserver: observer, extent: .databaseLifetime)
    let (writers, rounds) = (32, 20)
    let clock = ContinuousClock()
    let alone = try await clock.measure {
      for number in 0..<rounds { try await store.insert(try Records.key(number)) }
    }
    let before = observer.commits.withLock(\.self)
    #expect(before == rounds)
    let together = try await clock.measure {
      try await withThrowingTaskGroup { group in
        for writer in 1...writers {
          group.addTask {
            for round in 0..<rounds { try await store.insert(try Records.key(writer * 1000 + round)) }
          }
        }
        try await group.waitForAll()
      }
    }
    let commits = observer.commits.withLock(\.self) - before
    print("one writer: \(alone / rounds) a write; \(writers): \(together / (writers * rounds)), \(commits) commits")
    #expect(commits < writers * rounds / 2)
    await store.close()
  }
}
