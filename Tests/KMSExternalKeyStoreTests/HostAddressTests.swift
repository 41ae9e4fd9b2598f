// The ways of writing where a proxy is.

import KMSExternalKeyStore
import Testing

@Suite struct HostAddressTests {
  @Test(arguments: [
    ("127.0.0.1", HostAddress(address: "127.0.0.1", port: 443)),
    ("127.0.0.1:8443", HostAddress(address: "127.0.0.1", port: 8443)),
    ("::1", HostAddress(address: "::1", port: 443)),
    ("[::1]", HostAddress(address: "::1", port: 443)),
    ("[2001:db8::1]:9443", HostAddress(address: "2001:db8::1", port: 9443)),
  ])
  func whatIsRead(_ text: String, _ expected: HostAddress) {
    #expect(HostAddress(text) == expected)
  }

  @Test(arguments: [
    "", ":443", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:x", "[::1", "[::1]443", "[]:443",
    "proxy.example.com", "127.0.0.1/x", "127.0.0.1:-1", "127.0.0.1:+1", "cafe", "1234", "127.0.0", "1::2::3",
    "[127.0.0.1", "[::1]:x",
  ])
  func whatIsNot(_ text: String) {
    #expect(HostAddress(text) == nil)
  }
}
