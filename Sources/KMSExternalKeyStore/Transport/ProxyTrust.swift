// Whose certificates proxies may show.

import FoundationEssentials
import Logging
import NIOSSL

/// Certificate authorities, read once: clients come and go, and each would read the system's anew.
enum ProxyTrust {
  /// Where systems keep their authorities: Debian and its like, Fedora and its like, openSUSE, others.
  static let systemFiles = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
  ]

  /// The system's authorities, and those of `files`. Where the system's cannot be read, nobody is trusted on its word: a
  /// service without external key stores must start all the same.
  static func roots(
    trusting files: [String], systemFiles: [String] = systemFiles, logger: Logger
  ) throws(XKSProxyClient.ConfigurationError) -> [NIOSSLCertificate] {
    var roots: [NIOSSLCertificate] = []
    let systemFile = systemFiles.first { FileManager.default.fileExists(atPath: $0) }
    if let systemFile, let system = try? certificates(in: systemFile) {
      roots += system
    } else {
      logger.notice(
        "the system's certificate authorities cannot be read: only those of xks-trust-root are trusted in proxies",
        metadata: ["file": "\(systemFile ?? "none")"])
    }
    for file in files { roots += try certificates(in: file) }
    return roots
  }

  private static func certificates(in file: String) throws(XKSProxyClient.ConfigurationError) -> [NIOSSLCertificate] {
    guard let certificates = try? NIOSSLCertificate.fromPEMFile(file), !certificates.isEmpty else {
      throw .unusableTrustRoot(path: file)
    }
    return certificates
  }
}
