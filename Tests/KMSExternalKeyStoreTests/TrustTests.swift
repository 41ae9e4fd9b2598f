// Which certificate authorities are trusted.

import Foundation
import Testing

@testable import KMSExternalKeyStore

@Suite struct TrustTests {
  @Test func aSystemWithoutAuthoritiesIsLogged() throws {
    let log = LogLines()
    _ = try ProxyTrust.roots(trusting: [], systemFiles: ["/nonexistent/authorities.pem"], logger: log.logger)
    #expect(log.all.count == 1)
    #expect(log.all.first?.contains("cannot be read") == true)
  }

  /// Going on with fewer authorities than the operator thinks would be worse than not going on.
  @Test func authoritiesThatCannotBeReadAreAnError() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).pem")
    try "no certificate".write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let log = LogLines()
    // The system's own are no reason not to start: nobody is trusted on their word.
    #expect(try ProxyTrust.roots(trusting: [], systemFiles: [file.path()], logger: log.logger).isEmpty)
    #expect(log.all.count == 1)
    #expect(throws: XKSProxyClient.ConfigurationError.unusableTrustRoot(path: file.path())) {
      _ = try ProxyTrust.roots(trusting: [file.path()], systemFiles: [], logger: log.logger)
    }
  }
}
