// Slow pairs: made on their own threads, bounded, and dropped when nobody waits.

import Foundation
import KMSCrypto
import KMSDomain
import KMSOperations
import KMSService
import SecureMemory
import Testing

@Suite struct CryptographyThreadsTests {
  @Test(.timeLimit(.minutes(2)))
  func makesPairsOfEveryAlgorithm() async throws {
    let threads = CryptographyThreads(threads: 2)
    defer { threads.close() }
    for algorithm in KeyPairAlgorithm.allCases where algorithm != .rsa4096 {
      let pair = try await threads.keyPair(algorithm)
      #expect(pair.privateKey.count > 40)
      #expect(pair.publicKey.count > 40)
    }
  }

  @Test(.timeLimit(.minutes(2)))
  func refusesMoreThanTheQueueHolds() async throws {
    let threads = CryptographyThreads(threads: 1, queueLimit: 2)
    defer { threads.close() }
    // One is made and two wait; of twenty at once the others must be refused.
    let outcomes = await withTaskGroup(of: Fault.Kind?.self) { group in
      for _ in 0..<20 {
        group.addTask {
          do throws(Fault) {
            _ = try await threads.keyPair(.rsa4096)
            return nil
          } catch {
            return error.kind
          }
        }
      }
      return await group.reduce(into: [Fault.Kind?]()) { $0.append($1) }
    }
    #expect(outcomes.filter { $0 == .throttling }.count >= 15)
    #expect(outcomes.filter { $0 == nil }.count >= 2)
    #expect(outcomes.allSatisfy { $0 == nil || $0 == .throttling })
  }

  @Test(.timeLimit(.minutes(1)))
  func aPairNobodyWaitsForLeavesTheQueue() async throws {
    let threads = CryptographyThreads(threads: 1, queueLimit: 64)
    defer { threads.close() }
    let callers = (0..<32).map { _ in Task { try await threads.keyPair(.rsa4096) } }
    while threads.waitingPairs < 16 { try await Task.sleep(for: .milliseconds(1)) }
    for caller in callers { caller.cancel() }
    for caller in callers { _ = await caller.result }
    #expect(threads.waitingPairs == 0)
  }

  @Test func verificationsRunOnTheirOwnThread() async throws {
    let threads = CryptographyThreads(threads: 1)
    defer { threads.close() }
    // Whatever the work awaits: it comes back to the thread that it began on.
    let seen = try await threads.verify {
      let first = Self.thread
      await Task.yield()
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<3 { group.addTask { await Task.yield() } }
      }
      return (first, Self.thread)
    }
    #expect(seen.0 == seen.1)
    // Not that of other work.
    #expect(try await threads.run { Self.thread } != seen.0)
  }

  @Test(.timeLimit(.minutes(1)))
  func moreVerificationsThanMayWaitAreRefused() async throws {
    let threads = CryptographyThreads(threads: 1)
    defer { threads.close() }
    let (arrivals, arrived) = AsyncStream<Void>.makeStream()
    let (gate, opener) = AsyncStream<Void>.makeStream()
    let first = Task {
      try await threads.verify {
        arrived.finish()
        for await _ in gate {}
      }
    }
    // It has the only thread there is, and stands at the gate; the others wait for the thread.
    for await _ in arrivals {}
    let waiting = (0..<128).map { _ in Task { try await threads.verify {} } }
    while threads.waitingVerifications < 128 { try await Task.sleep(for: .milliseconds(1)) }
    let outcome: Fault.Kind?
    do throws(Fault) {
      try await threads.verify {}
      outcome = nil
    } catch {
      outcome = error.kind
    }
    #expect(outcome == .throttling)
    // Private keys are used meanwhile.
    #expect(try await threads.run { 7 } == 7)
    for caller in waiting { caller.cancel() }
    for caller in waiting {
      guard case .failure(let fault as Fault) = await caller.result else { Issue.record("not refused"); continue }
      #expect(fault.kind == .dependencyTimeout)
    }
    #expect(threads.waitingVerifications == 0)
    opener.finish()
    try await first.value
  }

  /// The thread that asks.
  private static var thread: ObjectIdentifier { ObjectIdentifier(Thread.current) }

  @Test func quickPairsNeverWait() async throws {
    let threads = CryptographyThreads(threads: 1, queueLimit: 1)
    defer { threads.close() }
    let slow = (0..<2).map { _ in Task { try await threads.keyPair(.rsa4096) } }
    for _ in 0..<50 { _ = try await threads.keyPair(.nistP256) }
    for caller in slow { caller.cancel() }
  }

  @Test func afterCloseSlowPairsAreRefused() async {
    let threads = CryptographyThreads(threads: 1)
    threads.close()
    await #expect(throws: Fault.self) { try await threads.keyPair(.rsa2048) }
  }
}
