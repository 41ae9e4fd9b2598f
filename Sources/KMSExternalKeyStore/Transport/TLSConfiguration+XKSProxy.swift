// What a connection to a proxy must be like.

import NIOSSL

extension TLSConfiguration {
  /// TLS 1.2 or 1.3, with the suites that the XKS proxy API asks for, trusting `roots`.
  ///
  /// BoringSSL lets nobody choose among the suites of TLS 1.3.
  static func xksProxy(trusting roots: [NIOSSLCertificate]) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    configuration.certificateVerification = .fullVerification
    configuration.cipherSuiteValues = [
      .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
      .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    ]
    configuration.trustRoots = .certificates(roots)
    return configuration
  }
}
