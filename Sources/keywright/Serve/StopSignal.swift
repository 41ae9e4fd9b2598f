// SIGTERM and SIGINT, as something to wait for.

import Dispatch
import Foundation

/// Waits for the first request to stop. A second one ends the process at once.
final class StopSignal: Sendable {
  private let signals: AsyncStream<Void>
  // Sound as Sendable: written once in `init`, kept only so that the sources stay alive.
  private nonisolated(unsafe) let sources: [any DispatchSourceSignal]

  /// Starts to listen; from now on the signals no longer end the process by themselves.
  init() {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    signals = stream
    sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        // Whoever asks again does not want to wait for the rest.
        signal(number, SIG_DFL)
        continuation.yield()
      }
      source.resume()
      return source
    }
  }

  /// Returns when the process has been asked to stop.
  func wait() async {
    for await _ in signals { return }
  }
}
