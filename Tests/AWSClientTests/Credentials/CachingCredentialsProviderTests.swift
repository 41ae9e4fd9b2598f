// The credentials cache with many who ask at the same time.

import AWSJSON
import AWSSigV4
import SecureMemory
import Synchronization
import Testing

@testable import AWSClient

@Suite("Caching credentials provider")
struct CachingCredentialsProviderTests {
  private typealias Outcome = Result<Credentials, CredentialsError>

  /// A source that answers when the test lets it.
  private final class GatedProvider: CredentialsProvider {
    /// Those who are asking, for the test to answer.
    let questions: AsyncStream<CheckedContinuation<Outcome, Never>>
    private let asked: AsyncStream<CheckedContinuation<Outcome, Never>>.Continuation
    private let count = Mutex(0)

    init() {
      (questions, asked) = AsyncStream.makeStream()
    }

    var calls: Int { count.withLock { $0 } }

    func credentials() async throws(CredentialsError) -> Credentials {
      count.withLock { $0 += 1 }
      return try await withCheckedContinuation { _ = asked.yield($0) }.get()
    }
  }

  private let source = GatedProvider()
  private let clock = ManualClock(random: 0)
  private let provider: CachingCredentialsProvider

  init() {
    provider = CachingCredentialsProvider(source, refreshAhead: .seconds(300), clock: clock.callClock)
  }

  private func credentials(_ name: String, for seconds: Int64? = 3600) -> Credentials {
    let now = clock.callClock.now().secondsSinceEpoch
    return Credentials(
      accessKeyID: name, secretAccessKey: SecretBytes("s".utf8),
      expiration: seconds.map { SigningTime(secondsSinceEpoch: now + $0) })
  }

  /// Asks in a task of its own.
  private func ask() -> Task<Outcome, Never> {
    Task { [provider] in await Self.outcome(of: provider) }
  }

  private static func outcome(of provider: CachingCredentialsProvider) async -> Outcome {
    do { return .success(try await provider.credentials()) } catch { return .failure(error) }
  }

  /// Lets the other tasks run for a while.
  private func settle() async {
    for _ in 0..<100 { await Task.yield() }
  }

  /// Asks again and again until `name` is what is held; the refresh that brings it is a task that nobody can await.
  private func expectHeld(_ name: String) async {
    for _ in 0..<1000 where provider.heldCredentials()?.accessKeyID != name {
      try? await Task.sleep(for: .milliseconds(1))
    }
    #expect(provider.heldCredentials()?.accessKeyID == name)
  }

  @Test("all who ask at first share one question")
  func sharedFirst() async throws {
    var questions = source.questions.makeAsyncIterator()
    let tasks = (0..<200).map { _ in ask() }
    let question = try #require(await questions.next())
    await settle()
    let expected = credentials("FIRST")
    question.resume(returning: .success(expected))
    for task in tasks { #expect(await task.value == .success(expected)) }
    #expect(source.calls == 1)
    #expect(provider.heldCredentials() == expected)
  }

  @Test("all who ask share one failure, and a later one asks again")
  func sharedFailure() async throws {
    var questions = source.questions.makeAsyncIterator()
    let tasks = (0..<200).map { _ in ask() }
    let question = try #require(await questions.next())
    await settle()
    question.resume(returning: .failure(CredentialsError("no")))
    for task in tasks { #expect(await task.value == .failure(CredentialsError("no"))) }
    #expect(await ask().value == .failure(CredentialsError("no")))
    #expect(source.calls == 1)

    clock.advance(by: .seconds(1))
    let later = ask()
    let expected = credentials("LATER")
    try #require(await questions.next()).resume(returning: .success(expected))
    #expect(await later.value == .success(expected))
    #expect(source.calls == 2)
  }

  @Test("credentials without an end are asked for once")
  func forever() async throws {
    var questions = source.questions.makeAsyncIterator()
    let first = ask()
    let expected = credentials("ALWAYS", for: nil)
    try #require(await questions.next()).resume(returning: .success(expected))
    #expect(await first.value == .success(expected))
    clock.advance(by: .seconds(1_000_000_000))
    #expect(await ask().value == .success(expected))
    #expect(source.calls == 1)
  }

  @Test("ahead of time nobody waits, one asks, and the new ones take the place of the old")
  func ahead() async throws {
    var questions = source.questions.makeAsyncIterator()
    let first = ask()
    let old = credentials("OLD")
    try #require(await questions.next()).resume(returning: .success(old))
    #expect(await first.value == .success(old))

    clock.advance(by: .seconds(3300))
    for task in (0..<50).map({ _ in ask() }) { #expect(await task.value == .success(old)) }
    let question = try #require(await questions.next())
    #expect(source.calls == 2)
    question.resume(returning: .success(credentials("NEW")))
    await expectHeld("NEW")
    #expect(source.calls == 2)
  }

  @Test("a failure ahead of time is not told, and the source is left alone for a while")
  func aheadFailure() async throws {
    var questions = source.questions.makeAsyncIterator()
    let first = ask()
    let old = credentials("OLD")
    try #require(await questions.next()).resume(returning: .success(old))
    _ = await first.value

    clock.advance(by: .seconds(3300))
    #expect(await ask().value == .success(old))
    try #require(await questions.next()).resume(returning: .failure(CredentialsError("no")))
    await settle()
    clock.advance(by: .seconds(44))
    #expect(await ask().value == .success(old))
    #expect(source.calls == 2)
  }

  @Test("who is cancelled goes at once, and the others get what they wait for")
  func cancelledWaiter() async throws {
    var questions = source.questions.makeAsyncIterator()
    let impatient = ask()
    let question = try #require(await questions.next())
    let patient = (0..<20).map { _ in ask() }
    await settle()
    impatient.cancel()
    // The source has not answered, and does not need to.
    #expect(await impatient.value == .failure(.cancelled))
    let expected = credentials("FIRST")
    question.resume(returning: .success(expected))
    for task in patient { #expect(await task.value == .success(expected)) }
    #expect(source.calls == 1)
  }

  @Test("who is cancelled before asking starts nothing")
  func cancelledBefore() async throws {
    let provider = provider
    let cancelled = await Task { () -> Outcome in
      withUnsafeCurrentTask { $0?.cancel() }
      return await Self.outcome(of: provider)
    }.value
    #expect(cancelled == .failure(.cancelled))
    #expect(source.calls == 0)
  }

  @Test("many come, go and wait in disorder, and everyone gets an answer")
  func disorder() async throws {
    let expected = credentials("FIRST")
    let answering = Task { [questions = source.questions] in
      for await question in questions {
        await Task.yield()
        question.resume(returning: .success(expected))
      }
    }
    let tasks = (0..<400).map { _ in ask() }
    for (index, task) in tasks.enumerated() where index % 2 == 0 { task.cancel() }
    for (index, task) in tasks.enumerated() {
      let outcome = await task.value
      #expect(outcome == .success(expected) || (index % 2 == 0 && outcome == .failure(.cancelled)))
    }
    answering.cancel()
    #expect(source.calls == 1)
  }

  @Test("when all who waited were cancelled the answer is kept for the next")
  func abandoned() async throws {
    var questions = source.questions.makeAsyncIterator()
    let tasks = (0..<5).map { _ in ask() }
    let question = try #require(await questions.next())
    for task in tasks { task.cancel() }
    for task in tasks { #expect(await task.value == .failure(.cancelled)) }
    question.resume(returning: .success(credentials("KEPT")))
    await expectHeld("KEPT")
    #expect(source.calls == 1)
  }

  @Test("a provider that nobody holds any more goes when its refresh has ended")
  func freed() async throws {
    let source = GatedProvider()
    var questions = source.questions.makeAsyncIterator()
    var provider: CachingCredentialsProvider? = CachingCredentialsProvider(source)
    weak let observer = provider
    let task = Task { [provider] in try? await provider?.credentials() }
    let question = try #require(await questions.next())
    provider = nil
    question.resume(returning: .failure(CredentialsError("no")))
    _ = await task.value
    for _ in 0..<1000 where observer != nil { try await Task.sleep(for: .milliseconds(1)) }
    #expect(observer == nil)
  }
}
