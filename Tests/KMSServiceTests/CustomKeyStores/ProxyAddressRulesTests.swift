// Addresses that can be a proxy's.

import KMSDomain
import Testing

@testable import KMSOperations

@Suite struct ProxyAddressRulesTests {
  @Test(arguments: [
    "https://proxy.example.com", "https://a.b", "https://PROXY-1.Example.COM", "https://1.2.3.example",
    "https://xn--bcher-kva.example", "https://proxy.0xg", "https://proxy.x1",
    "https://\(String(repeating: "a", count: 63)).example",
  ])
  func endpoints(_ endpoint: String) throws {
    try ProxyAddressRules.checkEndpoint(endpoint)
  }

  @Test(arguments: [
    "http://proxy.example.com", "proxy.example.com", "https://", "https://proxy", "https://localhost",
    "https://127.0.0.1", "https://1.2",
    "https://127.0.0.0x1", "https://127.0X7f", "https://proxy.0x", "https://proxy.0x00ff", "https://proxy.017",
    "https://proxy.example.com:443", "https://proxy.example.com/",
    "https://proxy.example.com.", "https://.example.com", "https://a..b", "https://-a.example", "https://a-.example",
    "https://a_b.example", "https://user@proxy.example.com", "https://[::1]", "https://é.example",
    "https://\(String(repeating: "a", count: 64)).example",
  ])
  func whatIsNoEndpoint(_ endpoint: String) {
    #expect(throws: Fault.self) { try ProxyAddressRules.checkEndpoint(endpoint) }
  }

  @Test(arguments: ["/kms/xks/v1", "/prefix/kms/xks/v1", "/a/b-c_d/kms/xks/v1"])
  func paths(_ path: String) throws {
    try ProxyAddressRules.checkPath(path)
  }

  @Test(arguments: ["", "kms/xks/v1", "/kms/xks/v2", "/kms/xks/v10", "/kms/xks/v1/", "/a//kms/xks/v1", "//kms/xks/v1"])
  func whatIsNoPath(_ path: String) {
    #expect(throws: Fault.self) { try ProxyAddressRules.checkPath(path) }
  }
}
