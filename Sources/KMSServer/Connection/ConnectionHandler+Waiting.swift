// What a connection waits for, for how long, and what happens when that was too long.

import NIOCore

extension ConnectionHandler {
  func mayRead(_ context: ChannelHandlerContext) -> Bool {
    switch phase {
    case .open: !isYielding && !intake.hasItems && context.channel.isWritable && (inFlight == nil || !hasReadAhead)
    case .lingering: true
    case .closing, .closed: false
    }
  }

  /// Whether something has arrived behind the request in flight, or nothing more is wanted. Only then the selector is
  /// told to look away: most callers send nothing before they have their answer, and to tell it twice a request would
  /// cost two system calls.
  private var hasReadAhead: Bool { intake.hasEnded || intake.isInBody || decoder.hasPartialHead }

  /// Makes the deadline, the reading and what the caller was told fit what the connection waits for now.
  func settle(_ context: ChannelHandlerContext) {
    if phase == .open, inFlight == nil, !isYielding, !intake.hasItems, intake.takeContinue() {
      write(context.channel.allocator.buffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n"), promise: nil, context)
    }
    let wait = currentWait(context)
    if wait == .nothing {
      deadline.clear()
    } else if wait != deadline.wait {
      begin(wait, context)
    }
    if readWanted, mayRead(context) {
      readWanted = false
      context.read()
    }
  }

  private func currentWait(_ context: ChannelHandlerContext) -> ConnectionDeadline.Wait {
    switch phase {
    case .closed: return .nothing
    case .closing: return .write
    case .lingering: return .linger
    case .open: break
    }
    if isHandshaking { return .handshake }
    if inFlight != nil || isYielding { return .nothing }
    if !context.channel.isWritable { return .write }
    if intake.isInBody { return .body }
    return decoder.hasPartialHead || !hasAnswered ? .head : .idle
  }

  /// A wait has lasted too long.
  private func expire(_ wait: ConnectionDeadline.Wait, _ context: ChannelHandlerContext) {
    switch wait {
    case .nothing: break
    case .handshake, .idle, .write, .linger: close(context)
    case .head:
      // A connection that never sent anything is not owed an answer.
      guard decoder.hasPartialHead else { return close(context) }
      intake.refuse(.headTooSlow)
      advance(context)
    case .body:
      intake.refuse(.bodyTooSlow)
      advance(context)
    }
  }
}

extension ConnectionHandler: NIOScheduledCallbackHandler {
  /// Begins to wait, for as long as the configuration allows.
  private func begin(_ wait: ConnectionDeadline.Wait, _ context: ChannelHandlerContext) {
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
