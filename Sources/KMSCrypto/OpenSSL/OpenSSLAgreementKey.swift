// Elliptic-curve Diffie-Hellman (NIST SP 800-56A §5.7.1.2) by OpenSSL.

import COpenSSL
import SecureMemory

/// A private key that agrees on secrets with public keys of its curve. All these curves have cofactor 1.
///
/// On points rather than through `EVP_PKEY_derive`, which has no plain Diffie-Hellman for SM2 keys. The multiplication
/// is the same as there: its time does not depend on the scalar.
struct OpenSSLAgreementKey: AgreementKey {
  let curve: OpenSSLCurve
  let scalar: SecretBytes

  func sharedSecret(with peerPublicKey: [UInt8]) throws(CryptoError) -> SecretBytes {
    let encoded = try curve.encoding.point(of: peerPublicKey)
    return try curve.withGroup { (group) throws(CryptoError) in
      let peer = try OpenSSL.require(EC_POINT_new(group), "EC_POINT_new")
      defer { EC_POINT_free(peer) }
      // OpenSSL refuses coordinates out of range and points that are not on the curve; infinity has another form.
      guard EC_POINT_oct2point(group, peer, encoded, encoded.count, nil) == 1 else {
        ERR_clear_error()
        throw .malformed
      }
      let shared = try OpenSSL.require(EC_POINT_new(group), "EC_POINT_new")
      defer { EC_POINT_clear_free(shared) }
      let x = try OpenSSL.require(BN_new(), "BN_new")
      defer { BN_clear_free(x) }
      try OpenSSLCurve.withNumber(scalar) { (scalar) throws(CryptoError) in
        try OpenSSL.check(EC_POINT_mul(group, shared, nil, peer, scalar, nil), "EC_POINT_mul")
      }
      try OpenSSL.check(
        EC_POINT_get_affine_coordinates(group, shared, x, nil, nil), "EC_POINT_get_affine_coordinates")
      return try SecretBytes(count: curve.encoding.scalarByteCount) { (secret) throws(CryptoError) in
        let size = Int32(truncatingIfNeeded: secret.count)
        guard BN_bn2binpad(x, secret.baseAddress?.assumingMemoryBound(to: UInt8.self), size) == size else {
          throw OpenSSL.failure("BN_bn2binpad")
        }
      }
    }
  }
}
