// Finds the addresses of proxies' names, so that one name without an answer keeps nobody else waiting.

import Foundation
import KMSOperations
import Logging
import Synchronization

/// Looks names up on threads of its own, and remembers what it finds for a while.
///
/// The system's resolver blocks its thread for as long as a name server is silent, and whoever may create custom key
/// stores chooses the names. Therefore each name is looked up once at a time, callers wait for ``Limits/patience`` at
/// most and not at all for a lookup that is late already, and addresses are used a little longer than they are fresh.
final class NameResolver: Sendable {
  /// What bounds the work.
  struct Limits: Sendable {
    /// Lookups at once. Most of them wait for silent name servers, if there are many: they cost no more than a stack.
    var lookups = 32
    /// How long callers wait for a lookup, which goes on.
    var patience = Duration.milliseconds(225)
    /// How long addresses are not looked up again.
    var freshness = Duration.seconds(30)
    /// How long addresses are used while looking them up again takes its time, or fails.
    var usefulness = Duration.seconds(300)
    /// How long a name that has no address is not looked up again.
    var failure = Duration.seconds(2)
    /// The names that are remembered.
    var names = 1024
  }

  /// What blocks until it knows the addresses of a name; none when there are none.
  typealias Lookup = @Sendable (String) -> [String]

  private typealias Waiter = CheckedContinuation<[String], Never>

  private struct Name {
    var addresses: [String]
    var isFreshUntil: ContinuousClock.Instant
    var isUsableUntil: ContinuousClock.Instant
  }

  private struct Pending {
    let number: Int
    var isRunning = false
    var isLate = false
    var waiters: [Waiter] = []
  }

  private struct State {
    var names: [String: Name] = [:]
    var pending: [String: Pending] = [:]
    var queue: [String] = []
    var running = 0
    var count = 0
  }

  private let limits: Limits
  private let lookup: Lookup
  private let logger: Logger
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  init(
    _ limits: Limits = Limits(), logger: Logger, lookup: @escaping Lookup = SystemResolver.addresses,
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.limits = limits
    self.lookup = lookup
    self.logger = logger
    self.now = now
  }

  /// The addresses of `host`, the one to try first in front.
  func addresses(of host: String) async throws(ProxyFailure) -> [String] {
    let addresses = await withCheckedContinuation { waiter in ask(host, waiter) }
    guard !addresses.isEmpty else { throw .unreachable }
    return addresses
  }

  /// Puts an address of `host` that did not work behind the others.
  func demote(_ address: String, of host: String) {
    state.withLock { state in
      guard let index = state.names[host]?.addresses.firstIndex(of: address) else { return }
      state.names[host]?.addresses.remove(at: index)
      state.names[host]?.addresses.append(address)
    }
  }

  // MARK: Asking

  private func ask(_ host: String, _ waiter: Waiter) {
    let now = now()
    let (answer, started) = state.withLock { state -> ([String]?, Int?) in
      let name = state.names[host]
      if let name, now < name.isFreshUntil { return (name.addresses, nil) }
      var started: Int?
      if state.pending[host] == nil {
        state.count += 1
        started = state.count
        state.pending[host] = Pending(number: state.count)
        state.queue.append(host)
      }
      if let name, now < name.isUsableUntil { return (name.addresses, started) }
      if state.pending[host]?.isLate == true { return ([], started) }
      state.pending[host]?.waiters.append(waiter)
      return (nil, started)
    }
    if let answer { waiter.resume(returning: answer) }
    guard let started else { return }
    Task.detached { [patience = limits.patience] in
      try? await Task.sleep(for: patience)
      self.isLate(host, started)
    }
    startLookups()
  }

  /// Lets the callers go. A lookup that has not even begun is not done.
  private func isLate(_ host: String, _ number: Int) {
    let waiters = state.withLock { state -> [Waiter] in
      guard var pending = state.pending[host], pending.number == number else { return [] }
      let waiters = pending.waiters
      pending.waiters = []
      pending.isLate = true
      state.pending[host] = pending.isRunning ? pending : nil
      if !pending.isRunning { state.queue.removeAll { $0 == host } }
      return waiters
    }
    for waiter in waiters { waiter.resume(returning: []) }
  }

  // MARK: Looking up

  private func startLookups() {
    let hosts = state.withLock { state in
      let hosts = Array(state.queue.prefix(max(limits.lookups - state.running, 0)))
      state.queue.removeFirst(hosts.count)
      state.running += hosts.count
      for host in hosts { state.pending[host]?.isRunning = true }
      return hosts
    }
    for host in hosts {
      Thread.detachNewThread { self.finish(host, self.lookup(host)) }
    }
  }

  private func finish(_ host: String, _ found: [String]) {
    let allowed = found.filter(AllowedAddresses.contain)
    if allowed.isEmpty, let refused = found.first {
      logger.info(
        "the address of an external key store proxy is refused",
        metadata: ["proxy-host": "\(host)", "address": "\(refused)"])
    }
    let now = now()
    let (addresses, waiters) = state.withLock { state in
      state.running -= 1
      let waiters = state.pending.removeValue(forKey: host)?.waiters ?? []
      return (remember(host, allowed, now, &state), waiters)
    }
    for waiter in waiters { waiter.resume(returning: addresses) }
    startLookups()
  }

  /// Keeps what was found, or for a while what was found before.
  private func remember(
    _ host: String, _ found: [String], _ now: ContinuousClock.Instant, _ state: inout State
  ) -> [String] {
    let before = state.names[host].flatMap { now < $0.isUsableUntil ? $0 : nil }
    if state.names[host] == nil, state.names.count >= limits.names {
      state.names = state.names.filter { now < $0.value.isFreshUntil }
      if state.names.count >= limits.names { state.names = [:] }
    }
    guard !found.isEmpty else {
      var name = before ?? Name(addresses: [], isFreshUntil: now, isUsableUntil: now)
      name.isFreshUntil = now + limits.failure
      state.names[host] = name
      return name.addresses
    }
    // In the order of before: connections to the first stay in use, and what did not work stays behind.
    let known = before?.addresses.filter(found.contains) ?? []
    let addresses = known + found.filter { !known.contains($0) }
    state.names[host] = Name(
      addresses: addresses, isFreshUntil: now + limits.freshness, isUsableUntil: now + limits.usefulness)
    return addresses
  }
}
