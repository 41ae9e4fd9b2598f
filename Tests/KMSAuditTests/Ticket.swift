// Tickets that tests hold on to: no array holds them as they are.

import Synchronization

@testable import KMSAudit

/// Keeps a ticket until it is used or gone.
final class Ticket: Sendable {
  private let ticket: Mutex<AuditTicket?>

  init(_ ticket: consuming sending AuditTicket) { self.ticket = Mutex(ticket) }

  /// The ticket, once.
  fileprivate func take() -> AuditTicket? { ticket.withLock { $0.take() } }
}

extension AuditTrail {
  /// Asks for room; nil when that is refused.
  func ticket(_ bytes: Int = 2048) async -> Ticket? {
    guard let ticket = try? await admit(bytes: bytes) else { return nil }
    return Ticket(ticket)
  }

  /// Asks for room and uses it.
  func admitAndAppend(_ event: AuditEvent, bytes: Int = 2048) async throws {
    let ticket = try await admit(bytes: bytes)
    try await append([event], ticket)
  }

  /// Uses a ticket.
  func append(_ event: AuditEvent, _ ticket: Ticket) async throws {
    guard let ticket = ticket.take() else { throw AuditFailure.suspended }
    try await append([event], ticket)
  }

  /// Whether room is refused.
  func refusesRoom(_ bytes: Int = 2048) async -> Bool { await ticket(bytes) == nil }

  /// How it stands with room.
  var admission: TrailAdmission { state.withLock { $0.admission } }
}
