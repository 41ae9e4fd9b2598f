// Connecting in the background: what is seen meanwhile, what may come between, and what a restart makes of it.

import Foundation
import KMSDomain
import KMSModel
import KMSOperations
import Synchronization
import Testing

/// Holds calls up until the test lets them go.
private final class Gate: Sendable {
  private struct State {
    var isOpen = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  func pass() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiting.append(continuation) }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }

  func open() {
    let waiting = state.withLock { state in
      state.isOpen = true
      defer { state.waiting = [] }
      return state.waiting
    }
    for continuation in waiting { continuation.resume() }
  }

  var isWaitedFor: Bool { state.withLock { !$0.waiting.isEmpty } }
}

@Suite(.timeLimit(.minutes(1)))
struct ConnectingTests {
  @Test func theAnswerDoesNotWaitForTheProxy() async throws {
    let proxy = InMemoryProxy()
    let service = try await TestService(externalKeyStores: proxy)
    let store = try await service.makeStore()
    let gate = Gate()
    proxy.before { _, _ in
      await gate.pass()
      return nil
    }
    try await service.connect(store)
    #expect(try await service.describe(store).connectionState == .connecting)
    // Again: no second attempt.
    try await service.connect(store)
    let refused = try await TestService.refusal {
      _ = try await service.call(
        UpdateCustomKeyStore.self, UpdateCustomKeyStoreInput(customKeyStoreID: store, newCustomKeyStoreName: "x"))
    }
    #expect(refused == "CustomKeyStoreInvalidStateException")
    gate.open()
    try await service.wait(for: .connected, of: store)
    #expect(proxy.calls.map(\.request.operation) == ["CreateCustomKeyStore", "ConnectCustomKeyStore"])
  }

  @Test func aDisconnectedStoreStaysSoWhateverTheProxySaysLater() async throws {
    let proxy = InMemoryProxy()
    let service = try await TestService(externalKeyStores: proxy)
    let store = try await service.makeStore()
    let gate = Gate()
    proxy.before { _, _ in
      await gate.pass()
      return nil
    }
    try await service.connect(store)
    try await service.disconnect(store)
    gate.open()
    await proxy.attempts.end()
    #expect(try await service.describe(store).connectionState == .disconnected)
  }

  /// An answer of the proxy that a store had before is none about the proxy that it has now.
  @Test func theProxyThatCountsIsTheOneThatIsConfiguredNow() async throws {
    let proxy = InMemoryProxy()
    let service = try await TestService(externalKeyStores: proxy)
    let store = try await service.makeStore()
    let gate = Gate()
    proxy.before { _, access in
      guard access.uriEndpoint == "https://proxy.example.com" else { return nil }
      await gate.pass()
      return .timeout
    }
    try await service.connect(store)
    while !gate.isWaitedFor { try await Task.sleep(for: .milliseconds(1)) }
    try await service.disconnect(store)
    _ = try await service.call(
      UpdateCustomKeyStore.self,
      UpdateCustomKeyStoreInput(customKeyStoreID: store, xksProxyURIEndpoint: "https://other.example.com"))
    try await service.connect(store)
    try await service.wait(for: .connected, of: store)
    gate.open()
    await proxy.attempts.end()
    #expect(try await service.describe(store).connectionState == .connected)
  }

  @Test func aFailureHasACode() async throws {
    let proxy = InMemoryProxy()
    let service = try await TestService(externalKeyStores: proxy)
    let store = try await service.makeStore()
    proxy.before { _, _ in .tls }
    try await service.connect(store)
    try await service.wait(for: .failed, of: store)
    #expect(try await service.describe(store).connectionErrorCode == .xksProxyInvalidTLSConfiguration)
    try await service.disconnect(store)
    #expect(try await service.describe(store).connectionErrorCode == nil)
  }

  @Test func aRestartGoesOn() async throws {
    let stopped = InMemoryProxy()
    let service = try await TestService(externalKeyStores: stopped)
    let stores = [
      try await service.makeStore("one"), try await service.makeStore("two", endpoint: "https://two.example.com"),
      try await service.makeStore("three", endpoint: "https://three.example.com"),
    ]
    // Stopped before it begins, as by a crash right after the answer.
    await stopped.attempts.end()
    for store in stores { try await service.connect(store) }
    try await service.disconnect(stores[2])
    #expect(try await service.describe(stores[0]).connectionState == .connecting)

    let next = InMemoryProxy()
    next.before { _, access in access.uriEndpoint == "https://two.example.com" ? .unreachable : nil }
    let old = service.context
    let context = OperationContext(
      authorizer: old.authorizer, keys: old.keys, slowCryptography: old.slowCryptography, externalKeyStores: next,
      seals: old.seals,
      usage: old.usage, now: old.now)
    try await context.resumeConnecting()
    try await service.wait(for: .connected, of: stores[0])
    try await service.wait(for: .failed, of: stores[1])
    #expect(try await service.describe(stores[2]).connectionState == .disconnected)
    await next.attempts.end()

    // Nothing is left to go on with.
    let last = InMemoryProxy()
    let again = OperationContext(
      authorizer: old.authorizer, keys: old.keys, slowCryptography: old.slowCryptography, externalKeyStores: last,
      seals: old.seals,
      usage: old.usage, now: old.now)
    try await again.resumeConnecting()
    await last.attempts.end()
    #expect(last.calls.isEmpty)
  }

  /// A stop cancels the call to the proxy. That is not the proxy's failure.
  @Test func aStopIsNoFailure() async throws {
    let proxy = InMemoryProxy()
    let service = try await TestService(externalKeyStores: proxy)
    let store = try await service.makeStore()
    proxy.before { _, _ in
      try? await Task.sleep(for: .seconds(60))
      return .unreachable
    }
    try await service.connect(store)
    while proxy.calls.count < 2 { try await Task.sleep(for: .milliseconds(1)) }
    await proxy.attempts.end()
    #expect(try await service.describe(store).connectionState == .connecting)
  }
}
