// What was read from the store, kept until it changes or room is needed.

import Synchronization

/// A bounded cache that never serves what a finished write has replaced.
///
/// A reader that misses takes a ``Ticket`` before it asks the store. If anything is invalidated meanwhile, what it
/// read may be old, and is not kept. Entries live in two generations; a full young generation becomes the old one
/// and what was old and unused is dropped: close to least-recently-used, at the cost of one dictionary look-up.
final class SnapshotCache<Name: Hashable & Sendable, Value: Sendable>: Sendable {
  /// A promise that what is read from now on is current unless the cache says otherwise.
  struct Ticket: Hashable, Sendable { fileprivate let epoch: UInt64 }

  private struct State {
    var epoch: UInt64 = 0
    var young: [Name: Value] = [:]
    var old: [Name: Value] = [:]
  }

  private let state = Mutex(State())
  private let generationSize: Int

  /// A cache of at most `capacity` entries.
  init(capacity: Int) {
    generationSize = max(capacity / 2, 1)
  }

  /// The entry, or a ticket for the read that will find it.
  func look(up name: Name) -> (value: Value?, ticket: Ticket) {
    state.withLock { state in
      if let value = state.young[name] { return (value, Ticket(epoch: state.epoch)) }
      if let value = state.old[name] {
        insert(value, name, &state)
        return (value, Ticket(epoch: state.epoch))
      }
      return (nil, Ticket(epoch: state.epoch))
    }
  }

  /// Keeps `value` unless something was invalidated since the ticket was taken.
  func keep(_ value: Value, as name: Name, ticket: Ticket) {
    state.withLock { state in
      guard state.epoch == ticket.epoch else { return }
      insert(value, name, &state)
    }
  }

  /// Forgets an entry. Call it after the change is durable and before anyone is told of it.
  func invalidate(_ name: Name) {
    state.withLock { state in
      state.epoch &+= 1
      state.young[name] = nil
      state.old[name] = nil
    }
  }

  /// Forgets everything that `matches`.
  func invalidate(where matches: @Sendable (Name, Value) -> Bool) {
    state.withLock { state in
      state.epoch &+= 1
      state.young = state.young.filter { !matches($0.key, $0.value) }
      state.old = state.old.filter { !matches($0.key, $0.value) }
    }
  }

  private func insert(_ value: Value, _ name: Name, _ state: inout State) {
    if state.young.count >= generationSize {
      state.old = state.young
      state.young = [:]
    }
    state.young[name] = value
  }
}
