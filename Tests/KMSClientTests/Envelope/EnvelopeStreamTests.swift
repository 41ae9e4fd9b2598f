// Streams that end badly.

import SecureMemory
import Testing

@testable import KMSClient

@Suite struct EnvelopeStreamTests {
  let service = WrappingService()
  let encryptor: EnvelopeEncryptor

  init() {
    encryptor = makeEncryptor(service)
  }

  private struct Broken: Error {}

  /// Gives `bytes`, then fails.
  private func breaking(_ bytes: [UInt8]) -> AsyncThrowingStream<[UInt8], any Error> {
    AsyncThrowingStream { continuation in
      continuation.yield(bytes)
      continuation.finish(throwing: Broken())
    }
  }

  @Test("A chunk is given out when something follows it, not before")
  func chunks() async throws {
    let sealed = try await encryptor.seal(message(40))
    let bodyStart = try #require(try EnvelopeHeader.read(sealed[...])).length
    let (stream, source) = AsyncStream.makeStream(of: [UInt8].self)
    var iterator = encryptor.open(stream).makeAsyncIterator()
    source.yield(Array(sealed.prefix(bodyStart + 33)))
    #expect(try await iterator.next()?.array == Array(message(40).prefix(16)))
    source.yield(Array(sealed[bodyStart + 33..<bodyStart + 64]))
    source.yield(Array(sealed.dropFirst(bodyStart + 64)))
    #expect(try await iterator.next()?.array == Array(message(40)[16..<32]))
    source.finish()
    #expect(try await iterator.next()?.array == Array(message(40).suffix(8)))
    #expect(try await iterator.next() == nil)
  }

  @Test("What failed once has ended")
  func afterFailure() async throws {
    let sealed = try await encryptor.seal(message(40))
    var iterator = encryptor.open(pieces(Array(sealed.dropLast()), of: 4_096)).makeAsyncIterator()
    #expect(try await iterator.next() != nil)
    #expect(try await iterator.next() != nil)
    let failure = await failureName { () async throws(EnvelopeError) in try await iterator.next() }
    #expect(failure == "authentication")
    #expect(try await iterator.next() == nil)
  }

  @Test("A failing input is told as such, by type only")
  func brokenInput() async throws {
    let sealed = try await encryptor.seal(message(40))
    #expect(await collected(encryptor.open(breaking(sealed))).failure == "input")
    do {
      for try await _ in encryptor.seal(breaking(message(40))) {}
      Issue.record("sealed all of a broken stream")
    } catch {
      #expect(error.description == "the input failed: Broken")
    }
  }

  @Test("An input without anything is a truncated message, and seals to an empty one")
  func emptyInput() async throws {
    #expect(await collected(encryptor.open(pieces([], of: 1))).failure == "truncated")
    let sealed = try await collected(encryptor.seal(pieces([], of: 1)))
    #expect(try await encryptor.open(sealed).count == 0)
  }

  @Test("A cancelled task seals and opens nothing more")
  func cancellation() async throws {
    let sealed = try await encryptor.seal(message(40))
    let task = Task { [encryptor] in
      while !Task.isCancelled { await Task.yield() }
      return await collected(encryptor.open(pieces(sealed, of: 4)))
    }
    task.cancel()
    let opened = await task.value
    #expect(opened.failure == "cancelled")
    #expect(opened.bytes.isEmpty)
  }

  /// Reads `stream` until it has given `count` pieces, waits for more, and is cancelled; says what came of it.
  private func cancelled<Pieces: AsyncSequence & Sendable>(
    _ stream: Pieces, afterPieces count: Int
  ) async throws -> String? where Pieces.Failure == EnvelopeError {
    let (seen, counter) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      await failureName { () async throws(EnvelopeError) in
        for try await _ in stream { counter.yield() }
      }
    }
    var pieces = seen.makeAsyncIterator()
    for _ in 0..<count { await pieces.next() }
    try await Task.sleep(for: .milliseconds(5))
    task.cancel()
    return await task.value
  }

  // An AsyncStream that waits ends, without an error, when its task is cancelled.
  @Test("Who is cancelled while the input is waited for has not come to the end of the message")
  func cancellationWhileWaiting() async throws {
    let (plain, plainSource) = AsyncStream.makeStream(of: [UInt8].self)
    plainSource.yield(message(20))
    #expect(try await cancelled(encryptor.seal(plain), afterPieces: 2) == "cancelled")

    // All of the message is there; only its end has not been said.
    let (sealed, sealedSource) = AsyncStream.makeStream(of: [UInt8].self)
    sealedSource.yield(try await encryptor.seal(message(20)))
    #expect(try await cancelled(encryptor.open(sealed), afterPieces: 1) == "cancelled")
  }
}
