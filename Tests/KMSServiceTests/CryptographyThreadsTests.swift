// Slow pairs: made on their own threads, bounded, and dropped when nobody waits.

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
