// Room that one request has been promised for its record.

import Synchronization

/// Room for one record, which ``AuditTrail/admit(bytes:)`` gives and ``AuditTrail/append(_:_:)`` takes.
///
/// A ticket that goes without a record gives its room back, whatever way the request ended.
public struct AuditTicket: ~Copyable, Sendable {
  private let trail: AuditTrail
  /// How much room was promised, in bytes; 0 once it has been taken.
  private var bytes: Int64

  /// Only what has been promised by `trail` may become a ticket.
  init(_ bytes: Int64, of trail: AuditTrail) {
    self.trail = trail
    self.bytes = bytes
  }

  deinit {
    guard bytes > 0 else { return }
    trail.state.withLock { $0.admission.release(bytes) }
  }

  /// Takes the room, in bytes: whoever calls this gives it back.
  consuming func redeem() -> Int64 {
    defer { bytes = 0 }
    return bytes
  }
}
