// The certificate and key files of an HTTPS server, and the TLS settings that go with them.

import NIOCore
import NIOSSL

/// Where the server's certificate and private key are.
public struct TLSFiles: Sendable, Hashable {
  /// A PEM file with the server's certificate, then its intermediates.
  public var certificatePath: String
  /// A PEM file with the unencrypted private key of the first certificate.
  public var keyPath: String

  /// Names the two files; they are read when the server starts.
  public init(certificatePath: String, keyPath: String) {
    self.certificatePath = certificatePath
    self.keyPath = keyPath
  }

  /// Reads the files: TLS 1.2 or later, ALPN `http/1.1`, no client certificates.
  func makeContext() throws(HTTPServerError) -> NIOSSLContext {
    let chain: [NIOSSLCertificate]
    do { chain = try NIOSSLCertificate.fromPEMFile(certificatePath) } catch {
      throw .unusableCertificate(path: certificatePath, reason: String(describing: error))
    }
    guard !chain.isEmpty else {
      throw .unusableCertificate(path: certificatePath, reason: "the file holds no certificate")
    }
    do {
      let key = try NIOSSLPrivateKey(file: keyPath, format: .pem)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
      configuration.minimumTLSVersion = .tlsv12
      configuration.applicationProtocols = ["http/1.1"]
      configuration.shutdownTimeout = .seconds(1)
      return try NIOSSLContext(configuration: configuration)
    } catch {
      throw .unusableKey(path: keyPath, reason: String(describing: error))
    }
  }
}
