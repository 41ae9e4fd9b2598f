// A place for the head that tests look into, and that fails when they say so.

import Foundation
import Synchronization

@testable import KMSAudit

/// Keeps the head in memory.
final class MemoryHeads: AuditHeadStore {
  struct Unavailable: Error {}

  private struct State {
    var head: [UInt8]?
    var fails = false
    var saves = 0
    var delay = Duration.zero
  }

  private let state = Mutex(State())

  var head: [UInt8]? {
    get { state.withLock { $0.head } }
    set { state.withLock { $0.head = newValue } }
  }

  /// How often a head has been saved.
  var saves: Int { state.withLock { $0.saves } }

  /// Whether both calls fail.
  var fails: Bool {
    get { state.withLock { $0.fails } }
    set { state.withLock { $0.fails = newValue } }
  }

  /// How long saving takes.
  var delay: Duration {
    get { state.withLock { $0.delay } }
    set { state.withLock { $0.delay = newValue } }
  }

  /// The head, if it is authentic.
  func opened(by chain: AuditChain) -> AuditHead? { head.flatMap { AuditHead($0, sealedBy: chain) } }

  func load() async throws -> [UInt8]? {
    try state.withLock { state in
      if state.fails { throw Unavailable() }
      return state.head
    }
  }

  func save(_ head: [UInt8]) throws {
    Thread.sleep(forTimeInterval: delay / .seconds(1))
    try state.withLock { state in
      if state.fails { throw Unavailable() }
      state.saves += 1
      state.head = head
    }
  }
}
