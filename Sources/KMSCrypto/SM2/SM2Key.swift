// Open SM2 keys, by OpenSSL.

import SecureMemory

/// An open SM2 key, either half.
struct SM2Key: Sendable {
  let key: OpenSSLKey
}

extension SM2Key {
  init(_ key: (scalar: SecretBytes, point: [UInt8])) throws(CryptoError) {
    self.key = try OpenSSLCurve.sm2.open(scalar: key.scalar, point: key.point)
  }
}
