// Attempts to connect: one for a store, less and less often, and not in silence.

import KMSDomain
import KMSStoreSQLite
import Synchronization
import Testing

@testable import KMSOperations

@Suite(.timeLimit(.minutes(1)))
struct ConnectionAttemptsTests {
  private static func name(_ id: String) throws -> UnfinishedConnections.Name {
    UnfinishedConnections.Name(
      id: id,
      home: AccountRegion(
        account: try #require(AccountID("111122223333")), region: try #require(Region("eu-central-1"))))
  }

  @Test func pauses() {
    let expected = [1, 2, 4, 8, 16, 32, 60, 60]
    #expect((1...8).map { ConnectionAttempts.pause(after: $0) } == expected.map { .seconds($0) })
    #expect(ConnectionAttempts.pause(after: .max) == .seconds(60))
  }

  @Test func theFirstFailureAndEveryTenthAreReported() {
    let reported = Mutex<[Int]>([])
    let attempts = ConnectionAttempts { failure in reported.withLock { $0.append(failure.count) } }
    for count in 1...25 { attempts.report(.init(customKeyStoreID: "a", count: count, reason: "x")) }
    #expect(reported.withLock { $0 } == [1, 11, 21])
  }

  @Test func aLaterAttemptTakesTheFormersPlace() async throws {
    let attempts = ConnectionAttempts()
    let cancelled = Mutex<[String]>([])
    let work = { @Sendable (title: String) in
      try? await Task.sleep(for: .seconds(60))
      cancelled.withLock { $0.append(title) }
    }
    attempts.start(try Self.name("one")) { await work("first") }
    attempts.start(try Self.name("two")) { await work("other") }
    attempts.start(try Self.name("one")) { await work("second") }
    while cancelled.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(1)) }
    #expect(cancelled.withLock { $0 } == ["first"])
    await attempts.end()
    #expect(cancelled.withLock { $0.sorted() } == ["first", "other", "second"])
  }

  @Test func aDatabaseThatFailsIsReported() async throws {
    let reported = Mutex<[ConnectionAttempts.Failure]>([])
    let proxy = InMemoryProxy(attempts: ConnectionAttempts { failure in reported.withLock { $0.append(failure) } })
    let service = try await TestService(externalKeyStores: proxy)
    await service.store.close()
    let name = try Self.name("cks-1")
    service.context.connect(name.id, in: name.home, requestID: "r")
    while reported.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(1)) }
    await proxy.attempts.end()
    let failure = try #require(reported.withLock { $0.first })
    #expect(failure.customKeyStoreID == "cks-1" && failure.count == 1 && !failure.reason.isEmpty)
  }
}
