// The bounds of a data key cache, and how many tasks share one call.

import SecureMemory
import Synchronization
import Testing

@testable import KMSClient

/// A clock that stands still until it is told to go on. Sleeping on it lasts until it is cancelled.
private final class StoppedClock: Clock {
  struct Instant: InstantProtocol {
    var offset: Duration

    func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
    func duration(to other: Instant) -> Duration { other.offset - offset }
    static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
  }

  private let time = Mutex(Duration.zero)

  var now: Instant { Instant(offset: time.withLock { $0 }) }
  var minimumResolution: Duration { .nanoseconds(1) }

  func sleep(until deadline: Instant, tolerance: Duration?) async throws {
    try await Task.sleep(for: .seconds(3_600))
  }

  func advance(by duration: Duration) { time.withLock { $0 += duration } }
}

@Suite struct DataKeyCacheTests {
  private let service = WrappingService()
  private let clock = StoppedClock()

  private func makeCache(
    age: Duration = .seconds(60), messages: UInt64 = 100, bytes: UInt64 = 1_000, entries: Int = 10
  ) -> DataKeyCache {
    DataKeyCache(limits: .init(age: age, messages: messages, bytes: bytes, entries: entries), clock: clock)
  }

  @Test("A data key is kept for its age, and not longer")
  func age() async throws {
    let cache = makeCache()
    let encryptor = makeEncryptor(service, cache: cache)
    _ = try await encryptor.seal([1])
    clock.advance(by: .seconds(59))
    _ = try await encryptor.seal([1])
    #expect(service.calls.count == 1)
    clock.advance(by: .seconds(1))
    _ = try await encryptor.seal([1])
    #expect(service.calls.count == 2)
    #expect(cache.count == 1)
  }

  @Test("A data key nobody asks for goes when its time is up")
  func removal() async throws {
    let cache = DataKeyCache(limits: .init(age: .milliseconds(5)))
    _ = try await makeEncryptor(service, cache: cache).seal([1])
    let deadline = ContinuousClock.now + .seconds(5)
    while cache.count > 0, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(2)) }
    #expect(cache.count == 0)
  }

  @Test("A data key seals as many messages as it may")
  func messages() async throws {
    let encryptor = makeEncryptor(service, cache: makeCache(messages: 3))
    for _ in 0..<7 { _ = try await encryptor.seal([1]) }
    #expect(service.calls.count == 3)
  }

  @Test("A data key seals as many bytes as it may: known before, or counted as they pass")
  func bytes() async throws {
    let encryptor = makeEncryptor(service, cache: makeCache(bytes: 100))
    for _ in 0..<3 { _ = try await encryptor.seal(message(50)) }
    #expect(service.calls.count == 2)
    _ = try await encryptor.seal(message(101))  // longer than the limit: a data key for itself
    _ = try await encryptor.seal([1])
    #expect(service.calls.count == 4)
    _ = try await collected(encryptor.seal(pieces(message(200), of: 10)))
    #expect(service.calls.count == 4)
    _ = try await encryptor.seal([1])
    #expect(service.calls.count == 5)
  }

  @Test("Beyond the number of entries the one that was used last the longest time ago goes")
  func entries() async throws {
    let cache = makeCache(entries: 2)
    let encryptor = makeEncryptor(service, cache: cache)
    for name in ["a", "b", "a", "c", "a"] { _ = try await encryptor.seal([1], encryptionContext: ["name": name]) }
    #expect(service.calls.count == 3)
    #expect(cache.count == 2)
    _ = try await encryptor.seal([1], encryptionContext: ["name": "b"])
    #expect(service.calls.count == 4)
  }

  @Test("Another key, context, grant token or client has a data key of its own")
  func places() async throws {
    let cache = makeCache()
    var encryptors = [makeEncryptor(service, cache: cache), makeEncryptor(service, keyID: "alias/app", cache: cache)]
    var withToken = encryptors[0]
    withToken.grantTokens = ["token"]
    encryptors += [withToken, makeEncryptor(service, cache: cache)]
    for _ in 0..<2 {
      for encryptor in encryptors { _ = try await encryptor.seal([1]) }
      _ = try await encryptors[0].seal([1], encryptionContext: ["tenant": "blue"])
    }
    #expect(service.calls.count == 5)
  }

  @Test("Messages of one data key are opened with one call, but only with its context")
  func opening() async throws {
    let encryptor = makeEncryptor(service, cache: makeCache(messages: 1))
    let reader = makeEncryptor(service, cache: makeCache(messages: 1))
    let sealed = try await encryptor.seal(message(20), encryptionContext: ["tenant": "blue"])
    for _ in 0..<5 {
      #expect(try await reader.open(sealed, encryptionContext: ["tenant": "blue"]).array == message(20))
    }
    let failure = await failureName { () async throws(EnvelopeError) in try await reader.open(sealed) }
    #expect(failure == "decrypt InvalidCiphertextException")
    #expect(service.calls == ["GenerateDataKey", "Decrypt", "Decrypt"])
  }

  @Test("However many tasks wait, KMS is asked once")
  func oneCall() async throws {
    let encryptor = makeEncryptor(service, cache: makeCache())
    service.hold()
    let sealed = try await withThrowingTaskGroup(of: [UInt8].self) { group in
      for _ in 0..<50 { group.addTask { try await encryptor.seal(message(10)) } }
      try await Task.sleep(for: .milliseconds(5))
      service.release()
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(service.calls == ["GenerateDataKey"])
    #expect(Set(sealed).count == 50)
  }

  @Test("Those who wait and find the data key used up get another one")
  func usedUp() async throws {
    let encryptor = makeEncryptor(service, cache: makeCache(messages: 3))
    service.hold()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<10 { group.addTask { _ = try await encryptor.seal([1]) } }
      try await Task.sleep(for: .milliseconds(5))
      service.release()
      try await group.waitForAll()
    }
    #expect(service.calls.count == 4)
  }

  @Test("A failure is not kept")
  func failure() async throws {
    let encryptor = makeEncryptor(service, cache: makeCache())
    service.fail(times: 1)
    let failure = await failureName { () async throws(EnvelopeError) in try await encryptor.seal([1]) }
    #expect(failure == "generateDataKey AccessDeniedException")
    _ = try await encryptor.seal([1])
    #expect(service.calls.count == 2)
  }

  @Test("Who is cancelled leaves; the others get their data key")
  func cancellation() async throws {
    let encryptor = makeEncryptor(service, cache: makeCache())
    service.hold()
    let first = Task { await failureName { () async throws(EnvelopeError) in try await encryptor.seal([1]) } }
    let second = Task { await failureName { () async throws(EnvelopeError) in try await encryptor.seal([1]) } }
    try await Task.sleep(for: .milliseconds(5))
    first.cancel()
    #expect(await first.value == "cancelled")
    service.release()
    #expect(await second.value == nil)
    #expect(service.calls.count == 1)
  }

  @Test("A call that nobody waits for any more is given up, and the next one is made anew")
  func abandoned() async throws {
    let encryptor = makeEncryptor(service, cache: makeCache())
    service.hold()
    let only = Task { await failureName { () async throws(EnvelopeError) in try await encryptor.seal([1]) } }
    try await Task.sleep(for: .milliseconds(5))
    only.cancel()
    #expect(await only.value == "cancelled")
    #expect(service.calls.isEmpty)
    service.release()
    _ = try await encryptor.seal([1])
  }

  @Test("What is on its way while everything is forgotten is used once, and not kept")
  func removeAllMeanwhile() async throws {
    let cache = makeCache()
    let encryptor = makeEncryptor(service, cache: cache)
    service.hold()
    let waiting = Task { await failureName { () async throws(EnvelopeError) in try await encryptor.seal([1]) } }
    try await Task.sleep(for: .milliseconds(5))
    cache.removeAll()
    service.release()
    #expect(await waiting.value == nil)
    #expect(cache.count == 0)
    _ = try await encryptor.seal([1])
    #expect(service.calls.count == 2)
    #expect(cache.count == 1)
  }

  @Test("An age that no clock can count to is for ever")
  func longAge() async throws {
    let encryptor = makeEncryptor(service, cache: DataKeyCache(limits: .init(age: .seconds(Int64.max))))
    _ = try await encryptor.seal([1])
    try await Task.sleep(for: .milliseconds(5))  // for the task that removes what is too old
    _ = try await encryptor.seal([1])
    #expect(service.calls.count == 1)
  }

  @Test("Everything can be forgotten at once")
  func removeAll() async throws {
    let cache = makeCache()
    let encryptor = makeEncryptor(service, cache: cache)
    _ = try await encryptor.seal([1])
    cache.removeAll()
    #expect(cache.count == 0)
    _ = try await encryptor.seal([1])
    #expect(service.calls.count == 2)
  }
}
