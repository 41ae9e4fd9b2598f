// RSA keys in DER: written by swift-crypto (RFC 8017 §A.1 inside RFC 5958 and RFC 5280), moved to where secrets live.

import CryptoExtras
import FoundationEssentials
import SecureMemory

extension KeyPair {
  /// Encodes both halves of `key`.
  init(_ key: _RSA.Signing.PrivateKey) {
    // The only reference to this Data's storage is ours, so wiping it changes the bytes in place.
    var der = key.pkcs8DERRepresentation
    let privateKey = der.withUnsafeBytes { SecretBytes(copying: $0) }
    der.withUnsafeMutableBytes { SecretBytes.wipe($0) }
    self.init(privateKey: privateKey, publicKey: Array(key.publicKey.derRepresentation))
  }
}
