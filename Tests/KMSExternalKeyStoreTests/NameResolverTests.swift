// Looking names up: what waits for what, and what is remembered.

import KMSOperations
import Logging
import Synchronization
import Testing

@testable import KMSExternalKeyStore

@Suite(.timeLimit(.minutes(1)))
struct NameResolverTests {
  private let names = ScriptedNames()
  private let seconds = Clock()

  private final class Clock: Sendable {
    let passed = Mutex(0)
  }

  private func resolver(lookups: Int = 8, patience: Duration = .milliseconds(200)) -> NameResolver {
    var limits = NameResolver.Limits()
    limits.lookups = lookups
    limits.patience = patience
    let start = ContinuousClock.now
    return NameResolver(
      limits, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, lookup: { [names] in names.find($0) },
      now: { [seconds] in start + .seconds(seconds.passed.withLock { $0 }) })
  }

  private func pass(_ time: Int) { seconds.passed.withLock { $0 += time } }

  /// Lets a lookup that nobody waits for come to its end.
  private func wait(until isDone: () async throws -> Bool) async throws {
    while try await !isDone() { try await Task.sleep(for: .milliseconds(1)) }
  }

  private func expectUnreachable(_ host: String, _ resolver: NameResolver) async {
    await #expect(throws: ProxyFailure.unreachable) { try await resolver.addresses(of: host) }
  }

  @Test func namesWithoutAnAnswerHoldNobodyUp() async throws {
    let resolver = resolver()
    let dead = (0..<7).map { "dead\($0).example" }
    names.hang(dead)
    names.set("good.example", to: ["192.0.2.1"])
    await withTaskGroup { group in
      for host in dead { group.addTask { await expectUnreachable(host, resolver) } }
    }
    #expect(try await resolver.addresses(of: "good.example") == ["192.0.2.1"])
    names.letGo()
  }

  /// Such a lookup goes on by itself: no second one, nobody who waits, and its answer counts in the end.
  @Test func aLateLookup() async throws {
    let resolver = resolver()
    names.hang(["slow.example"])
    names.set("slow.example", to: ["192.0.2.1"])
    for _ in 0..<5 { await expectUnreachable("slow.example", resolver) }
    #expect(names.lookups == ["slow.example"])
    names.letGo()
    try await wait { (try? await resolver.addresses(of: "slow.example")) == ["192.0.2.1"] }
    #expect(names.lookups == ["slow.example"])
  }

  @Test func callersShareALookup() async throws {
    let resolver = resolver(patience: .seconds(30))
    names.hang(["shared.example"])
    names.set("shared.example", to: ["192.0.2.1"])
    try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<20 { group.addTask { try await resolver.addresses(of: "shared.example") } }
      try await Task.sleep(for: .milliseconds(10))
      names.letGo()
      for try await addresses in group { #expect(addresses == ["192.0.2.1"]) }
    }
    #expect(names.lookups == ["shared.example"])
  }

  /// What finds no thread in time is not looked up, and is no failure of the name's.
  @Test func lookupsAreBounded() async throws {
    let resolver = resolver(lookups: 2)
    names.hang(["a.example", "b.example"])
    names.set("c.example", to: ["192.0.2.3"])
    for host in ["a.example", "b.example", "c.example"] { await expectUnreachable(host, resolver) }
    #expect(names.lookups.sorted() == ["a.example", "b.example"])
    names.letGo()
    try await wait { (try? await resolver.addresses(of: "c.example")) == ["192.0.2.3"] }
  }

  @Test func whatIsFoundIsRememberedForAWhile() async throws {
    let resolver = resolver(patience: .seconds(30))
    names.set("proxy.example", to: ["192.0.2.1", "192.0.2.2"])
    _ = try await resolver.addresses(of: "proxy.example")
    pass(29)
    _ = try await resolver.addresses(of: "proxy.example")
    #expect(names.lookups.count == 1)
    // Stale addresses do while a lookup is made.
    names.set("proxy.example", to: ["192.0.2.2", "192.0.2.3"])
    pass(1)
    #expect(try await resolver.addresses(of: "proxy.example") == ["192.0.2.1", "192.0.2.2"])
    try await wait { try await resolver.addresses(of: "proxy.example") == ["192.0.2.2", "192.0.2.3"] }
    #expect(names.lookups.count == 2)
    // But not for ever.
    names.set("proxy.example", to: ["192.0.2.4"])
    pass(300)
    #expect(try await resolver.addresses(of: "proxy.example") == ["192.0.2.4"])
  }

  @Test func aNameThatHasNoAddressIsLookedUpAgainSoon() async throws {
    let resolver = resolver(patience: .seconds(30))
    for _ in 0..<3 { await expectUnreachable("none.example", resolver) }
    #expect(names.lookups.count == 1)
    names.set("none.example", to: ["192.0.2.1"])
    pass(2)
    #expect(try await resolver.addresses(of: "none.example") == ["192.0.2.1"])
  }

  @Test func aNameServerThatFailsForAMomentDoesNoHarm() async throws {
    let resolver = resolver(patience: .seconds(30))
    names.set("proxy.example", to: ["192.0.2.1"])
    _ = try await resolver.addresses(of: "proxy.example")
    names.set("proxy.example", to: [])
    pass(30)
    for _ in 0..<3 { #expect(try await resolver.addresses(of: "proxy.example") == ["192.0.2.1"]) }
    pass(300)
    await expectUnreachable("proxy.example", resolver)
  }

  @Test func anAddressThatDidNotWorkComesLast() async throws {
    let resolver = resolver(patience: .seconds(30))
    names.set("proxy.example", to: ["192.0.2.1", "192.0.2.2"])
    _ = try await resolver.addresses(of: "proxy.example")
    resolver.demote("192.0.2.1", of: "proxy.example")
    #expect(try await resolver.addresses(of: "proxy.example") == ["192.0.2.2", "192.0.2.1"])
  }

  @Test func addressesThatAreNoProxys() async throws {
    let resolver = resolver(patience: .seconds(30))
    names.set("mixed.example", to: ["127.0.0.1", "10.0.0.1", "169.254.169.254"])
    names.set("local.example", to: ["127.0.0.1", "::1"])
    #expect(try await resolver.addresses(of: "mixed.example") == ["10.0.0.1"])
    await expectUnreachable("local.example", resolver)
  }
}
