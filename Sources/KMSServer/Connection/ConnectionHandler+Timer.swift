// The timer behind a connection's deadline.

import NIOCore

extension ConnectionHandler: NIOScheduledCallbackHandler {
  /// Begins to wait, for as long as the configuration allows.
  func begin(_ wait: ConnectionDeadline.Wait, _ context: ChannelHandlerContext) {
    guard let limit = limit(of: wait) else { return }
    guard let fireAt = deadline.begin(wait, until: .now() + TimeAmount(limit)) else { return }
    timer?.cancel()
    schedule(at: fireAt, context.eventLoop)
  }

  func handleScheduledCallback(eventLoop: some EventLoop) {
    timer = nil
    switch deadline.fire(now: .now()) {
    case .disarmed: break
    case .rearm(let fireAt): schedule(at: fireAt, eventLoop)
    case .expired(let wait):
      if let context { expire(wait, context) }
    }
  }

  private func schedule(at fireAt: NIODeadline, _ eventLoop: any EventLoop) {
    // Fails only on an event loop that is shutting down, which closes the connection anyway.
    timer = try? eventLoop.assumeIsolated().scheduleCallback(at: fireAt, handler: self)
  }

  private func limit(of wait: ConnectionDeadline.Wait) -> Duration? {
    let timeouts = exchange.timeouts
    return switch wait {
    case .nothing: nil
    case .handshake: timeouts.handshake
    case .head: timeouts.head
    case .body: timeouts.body
    case .idle: timeouts.idle
    case .write: timeouts.write
    case .linger: timeouts.linger
    }
  }
}
