// Names without a name server.

import Foundation
import Synchronization

@testable import KMSExternalKeyStore

/// A lookup whose answers the test gives. A name that hangs blocks its thread until it is let go.
final class ScriptedNames: Sendable {
  private let addresses = Mutex<[String: [String]]>([:])
  private let hanging = Mutex<Set<String>>([])
  private let asked = Mutex<[String]>([])
  private let gate = NSCondition()

  /// Every lookup so far.
  var lookups: [String] { asked.withLock { $0 } }

  func set(_ host: String, to addresses: [String]) { self.addresses.withLock { $0[host] = addresses } }

  func hang(_ hosts: [String]) { hanging.withLock { $0.formUnion(hosts) } }

  func letGo() {
    gate.lock()
    hanging.withLock { $0 = [] }
    gate.broadcast()
    gate.unlock()
  }

  func find(_ host: String) -> [String] {
    asked.withLock { $0.append(host) }
    gate.lock()
    while hanging.withLock({ $0.contains(host) }) { gate.wait() }
    gate.unlock()
    return addresses.withLock { $0[host] } ?? []
  }
}
