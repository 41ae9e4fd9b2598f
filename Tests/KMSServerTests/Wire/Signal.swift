// Events between a responder under test and the test itself.

import Synchronization

/// Something that happens once, and that tests can wait for.
final class Signal: Sendable {
  private let stream: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream() }

  func send() { continuation.finish() }

  /// Returns once it has been sent, or when the waiting task is cancelled.
  func wait() async { for await _ in stream {} }
}

/// A number that responders count up.
final class Tally: Sendable {
  private let count = Atomic(0)

  var value: Int { count.load(ordering: .sequentiallyConsistent) }

  func decrement() { count.wrappingSubtract(1, ordering: .sequentiallyConsistent) }

  @discardableResult
  func increment() -> Int { count.wrappingAdd(1, ordering: .sequentiallyConsistent).newValue }
}
