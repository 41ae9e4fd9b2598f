// Which names the transport looks up, and what it makes of those that it cannot find. No connection leaves the machine.

import KMSOperations
import Testing

@testable import KMSExternalKeyStore

@Suite(.timeLimit(.minutes(1)))
struct TransportTests {
  private let names = ScriptedNames()
  private let log = LogLines()

  private func transport() throws -> HTTPSProxyTransport {
    var configuration = XKSProxyClient.Configuration()
    // Nothing listens on port 1.
    configuration.hosts = ["configured.example": HostAddress(address: "127.0.0.1", port: 1)]
    var limits = NameResolver.Limits()
    limits.patience = .milliseconds(200)
    let resolver = NameResolver(limits, logger: log.logger, lookup: { [names] in names.find($0) })
    return try HTTPSProxyTransport(configuration, logger: log.logger, resolver: resolver)
  }

  private func expectUnreachable(_ host: String, _ transport: HTTPSProxyTransport) async {
    await #expect(throws: ProxyFailure.unreachable) {
      try await transport.send(ProxyRequest(host: host, path: "/kms/xks/v1/health", headers: [], body: []))
    }
  }

  @Test func aNameWithoutAnAnswerIsUnreachable() async throws {
    let transport = try transport()
    names.hang(["dead.example"])
    let begin = ContinuousClock.now
    for _ in 0..<20 { await expectUnreachable("dead.example", transport) }
    // One waits for 0.2 s; 20 that waited for their whole time would take 4 s.
    #expect(.now - begin < .seconds(2))
    #expect(names.lookups == ["dead.example"])
    names.letGo()
    await transport.shutdown()
  }

  @Test func configuredHostsAreNotLookedUp() async throws {
    let transport = try transport()
    await expectUnreachable("configured.example", transport)
    #expect(names.lookups.isEmpty)
    await transport.shutdown()
  }

  @Test func namesOfThisMachineAreRefused() async throws {
    let transport = try transport()
    names.set("local.example", to: ["127.0.0.1"])
    await expectUnreachable("local.example", transport)
    #expect(log.all.contains { $0.contains("is refused") && $0.contains("proxy-host=local.example") })
    await transport.shutdown()
  }

  @Test func afterAShutdownNothingIsReached() async throws {
    let transport = try transport()
    await transport.shutdown()
    await expectUnreachable("configured.example", transport)
  }
}
