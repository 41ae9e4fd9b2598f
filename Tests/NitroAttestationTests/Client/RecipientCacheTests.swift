import Synchronization
import Testing

@testable import NitroAttestation

@Suite struct RecipientCacheTests {
  /// Makes recipients of one key, each with its number as the document, at times that the test sets.
  private final class Workshop: Sendable {
    private let state: Mutex<(made: UInt8, now: ContinuousClock.Instant, failure: AttestedRecipientError?)>
    private let key: RecipientPrivateKey

    init() throws {
      key = try TestRecipient.key()
      state = Mutex((0, ContinuousClock.now, nil))
    }

    func advance(_ time: Duration) { state.withLock { $0.now += time } }
    func fail(_ error: AttestedRecipientError?) { state.withLock { $0.failure = error } }

    func cache(lifetime: Duration) -> RecipientCache {
      RecipientCache(lifetime: lifetime, now: { self.state.withLock { $0.now } }) {
        // Others get their turn to ask meanwhile.
        await Task.yield()
        let (number, failure) = self.state.withLock {
          $0.made += 1
          return ($0.made, $0.failure)
        }
        if let failure { return .failure(failure) }
        do throws(AttestedRecipientError) {
          return .success(try await AttestedRecipient(self.key, attestedBy: RecordingProvider(.success([number]))))
        } catch {
          return .failure(error)
        }
      }
    }
  }

  @Test("gives one recipient for its lifetime, then another")
  func lifetime() async throws {
    let workshop = try Workshop()
    let cache = workshop.cache(lifetime: .seconds(60))
    #expect(try await cache.recipient().attestationDocument == [1])
    workshop.advance(.seconds(59))
    #expect(try await cache.recipient().attestationDocument == [1])
    workshop.advance(.seconds(1))
    #expect(try await cache.recipient().attestationDocument == [2])
  }

  @Test("makes one recipient for all that ask at a time")
  func together() async throws {
    let cache = try Workshop().cache(lifetime: .seconds(60))
    let documents = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<20 { group.addTask { try await cache.recipient().attestationDocument } }
      return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
    }
    #expect(documents == [[1]])
  }

  @Test("gives everyone a recipient of their own without a lifetime")
  func none() async throws {
    let cache = try Workshop().cache(lifetime: .zero)
    #expect(try await cache.recipient().attestationDocument == [1])
    #expect(try await cache.recipient().attestationDocument == [2])
  }

  @Test("does not keep a failure")
  func failure() async throws {
    let workshop = try Workshop()
    let cache = workshop.cache(lifetime: .seconds(60))
    workshop.fail(.provider(.malformedAnswer))
    await #expect(throws: AttestedRecipientError.provider(.malformedAnswer)) { try await cache.recipient() }
    workshop.fail(nil)
    #expect(try await cache.recipient().attestationDocument == [2])
  }

  @Test("gives no recipient for longer than a document is fresh")
  func maximum() throws {
    let workshop = try Workshop()
    #expect(workshop.cache(lifetime: .seconds(3600)).lifetime == .seconds(240))
    #expect(workshop.cache(lifetime: .seconds(-1)).lifetime == .zero)
    #expect(RecipientCache(RecordingProvider(.success([]))).lifetime == .seconds(60))
  }
}
