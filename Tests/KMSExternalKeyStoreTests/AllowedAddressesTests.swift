// Where the names of proxies may lead.

import Testing

@testable import KMSExternalKeyStore

@Suite struct AllowedAddressesTests {
  @Test(arguments: [
    "192.0.2.1", "8.8.8.8", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.253.0.1", "223.255.255.255", "2001:db8::1",
    "fd00::1", "fec0::1", "::ffff:10.0.0.1", "64:ff9b::8.8.8.8",
  ])
  func allowed(_ text: String) {
    #expect(AllowedAddresses.contain(text))
  }

  @Test(arguments: [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "169.254.169.254", "224.0.0.1", "239.255.255.255",
    "255.255.255.255", "::", "::1", "::127.0.0.1", "fe80::1", "febf::1", "ff02::1", "::ffff:127.0.0.1",
    "::ffff:169.254.169.254", "64:ff9b::127.0.0.1", "", "proxy.example.com", "1.2.3", "1.2.3.4.5", "fe80::1%lo",
  ])
  func refused(_ text: String) {
    #expect(!AllowedAddresses.contain(text))
  }
}
