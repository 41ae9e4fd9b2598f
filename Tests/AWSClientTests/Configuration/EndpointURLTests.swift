// Which endpoint URLs are taken, and what is signed and sent for them.

import ClientTestSupport
import KMSClient
import Testing

@testable import AWSClient

@Suite("Endpoint URLs")
struct EndpointURLTests {
  @Test(
    "what a URL means",
    arguments: [
      ("http://127.0.0.1:8270", "http://127.0.0.1:8270/", "127.0.0.1:8270", "/"),
      ("http://127.0.0.1:8270/", "http://127.0.0.1:8270/", "127.0.0.1:8270", "/"),
      ("http://localhost", "http://localhost/", "localhost", "/"),
      ("http://localhost:80", "http://localhost/", "localhost", "/"),
      ("https://kms.example:443/", "https://kms.example/", "kms.example", "/"),
      ("https://kms.example:80/", "https://kms.example:80/", "kms.example:80", "/"),
      ("HTTPS://KMS.Example/Base", "https://kms.example/Base/", "kms.example", "/Base/"),
      ("http://h/a/b~c-d_e.f/", "http://h/a/b~c-d_e.f/", "h", "/a/b~c-d_e.f/"),
      ("http://[::1]:8270", "http://[::1]:8270/", "[::1]:8270", "/"),
      ("http://[FE80::1]", "http://[fe80::1]/", "[fe80::1]", "/"),
      ("http://key_store:65535", "http://key_store:65535/", "key_store:65535", "/"),
    ])
  func valid(text: String, url: String, authority: String, path: String) throws {
    let endpoint = try EndpointURL(text)
    #expect(endpoint.url == url)
    #expect(endpoint.authority == authority)
    #expect(endpoint.path == path)
  }

  @Test(
    "what is not a usable URL",
    arguments: [
      "", " ", "localhost", "localhost:8270", "//localhost", "http:/localhost", "http://", "https:///path", "ftp://h",
      "unix:///tmp/socket", "http+unix://h", "http://:8270", "http://h:", "http://h:0", "http://h:65536", "http://h:-1",
      "http://h:+1", "http://h:٣", "http://h:80:80", "http://h:99999999999999999999", "http://user:pass@h",
      "http://user@h", "http://h?x=1", "http://h/?x=1", "http://h#f", "http://h/a b", "http://h/%41", "http://h/ä",
      "http://ä.example", "http://h ost", "http://h\r\nX-Injected: 1", "http://h\0", "http://h//a", "http://h/a//b",
      "http://h/.", "http://h/../a", "http://h/a/./b", "http://h/a/..", "http://[", "http://[]", "http://]",
      "http://[::1",
      "http://[::1]x", "http://[::1]:", "http://[g::1]", "http://[fe80::1%25eth0]", "://h", "http://h\\a",
      "http://" + String(repeating: "h", count: 254),
    ])
  func invalid(text: String) {
    #expect {
      _ = try EndpointURL(text)
    } throws: { error in
      guard case .invalidEndpoint(let reason) = error as? ConfigurationError else { return false }
      return !reason.isEmpty
    }
  }

  @Test("the error does not repeat a password")
  func errorIsSafe() {
    let error = #expect(throws: ConfigurationError.self) { _ = try EndpointURL("http://user:hunter2@host/") }
    #expect(error.map { "\($0)".contains("hunter2") } == false)
  }

  @Test(
    "AWS's own endpoints",
    arguments: [
      ("us-east-1", "https://kms.us-east-1.amazonaws.com/"),
      ("us-gov-west-1", "https://kms.us-gov-west-1.amazonaws.com/"),
      ("cn-north-1", "https://kms.cn-north-1.amazonaws.com.cn/"),
    ])
  func standard(region: String, url: String) throws {
    let configuration = KMSClient.Configuration(region: region, credentials: exampleCredentials)
    #expect(try configuration.serviceEndpoint().url.url == url)
  }

  @Test(
    "Regions that could change the host are refused",
    arguments: [
      "", "-", "us-east-1.evil.example/", "us-east-1/..", "us east", "US-EAST-1", "us-east-1\n", "-us", "us-", "a.b",
      "ü",
      "x@evil", String(repeating: "a", count: 64),
    ])
  func invalidRegion(region: String) {
    for endpoint in [nil, "http://127.0.0.1"] {
      let configuration = KMSClient.Configuration(
        region: region, endpointURL: endpoint, credentials: exampleCredentials)
      #expect(throws: ConfigurationError.invalidRegion) { try configuration.validate() }
    }
  }
}
