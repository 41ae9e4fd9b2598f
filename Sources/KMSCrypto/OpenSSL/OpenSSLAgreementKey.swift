// Elliptic-curve Diffie-Hellman (NIST SP 800-56A §5.7.1.2) by OpenSSL.

import COpenSSL
import SecureMemory

/// An open key that agrees on secrets with public keys of its curve. All these curves have cofactor 1.
struct OpenSSLAgreementKey: AgreementKey {
  // SM2's own key type has no plain Diffie-Hellman in OpenSSL; a key of type EC on the same curve has.
  private static let keyType = "EC"

  private let curve: OpenSSLCurve
  private let key: OpenSSLKey

  init(_ curve: OpenSSLCurve, _ key: (scalar: SecretBytes, point: [UInt8])) throws(CryptoError) {
    self.curve = curve
    self.key = try curve.open(scalar: key.scalar, point: key.point, keyType: Self.keyType)
  }

  func sharedSecret(with peerPublicKey: [UInt8]) throws(CryptoError) -> SecretBytes {
    let point = try curve.encoding.point(of: peerPublicKey)
    let peer: OpenSSLKey
    do throws(CryptoError) {
      peer = try curve.open(point: point, keyType: Self.keyType)
    } catch {
      throw .malformed
    }

    let context = try OpenSSL.require(EVP_PKEY_CTX_new_from_pkey(nil, key.key, nil), "EVP_PKEY_CTX_new_from_pkey")
    defer { EVP_PKEY_CTX_free(context) }
    try OpenSSL.check(EVP_PKEY_derive_init(context), "EVP_PKEY_derive_init")
    // With validation: a point at infinity, off the curve or in a small subgroup is refused.
    guard EVP_PKEY_derive_set_peer_ex(context, peer.key, 1) == 1 else {
      ERR_clear_error()
      throw .malformed
    }
    return try SecretBytes(count: curve.encoding.scalarByteCount) { (secret) throws(CryptoError) in
      var written = secret.count
      let start = secret.baseAddress?.assumingMemoryBound(to: UInt8.self)
      try OpenSSL.check(EVP_PKEY_derive(context, start, &written), "EVP_PKEY_derive")
      guard written == secret.count else { throw OpenSSL.failure("EVP_PKEY_derive length") }
    }
  }
}
