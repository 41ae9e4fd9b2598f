// Counters that requests on all threads raise without waiting for one another.

import Synchronization

/// A fixed number of counters that only rise.
final class CounterTable: @unchecked Sendable {
  // Sound as Sendable: the memory is allocated for as long as the table lives, and what is in it is atomic.
  private let counters: UnsafeMutableBufferPointer<Atomic<UInt64>>

  /// A table of zeros.
  init(count: Int) {
    counters = .allocate(capacity: max(count, 0))
    for place in counters.indices { counters.initializeElement(at: place, to: Atomic(0)) }
  }

  deinit {
    counters.deinitialize()
    counters.deallocate()
  }

  /// Raises a counter; one that the table does not have is left alone.
  func add(_ amount: UInt64 = 1, at place: Int) {
    guard counters.indices.contains(place) else { return }
    counters[place].wrappingAdd(amount, ordering: .relaxed)
  }

  /// A counter's value; that of one that the table does not have is 0.
  subscript(place: Int) -> UInt64 {
    counters.indices.contains(place) ? counters[place].load(ordering: .relaxed) : 0
  }
}
