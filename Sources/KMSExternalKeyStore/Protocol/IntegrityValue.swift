// The ciphertext data integrity value: a checksum over all that a proxy makes of an encryption.

import Crypto
import KMSCrypto
import SecureMemory

/// SHA-256 of additional data, metadata, initialization vector, ciphertext and tag, in this order.
///
/// A tag cannot be checked without the key. This tells at once what was damaged after the proxy had tried to decrypt it,
/// rather than when the data is needed.
struct IntegrityValue {
  private let bytes: [UInt8]

  init(of sealed: ExternalCiphertextBlob.Sealed, additionalData: [UInt8]) {
    var hash = SHA256()
    let parts = [
      additionalData, sealed.metadata, sealed.initializationVector, sealed.ciphertext, sealed.authenticationTag,
    ]
    for part in parts { part.withUnsafeBytes { hash.update(bufferPointer: $0) } }
    bytes = hash.finalize().withUnsafeBytes { Array($0) }
  }

  /// Whether a proxy's value is this one.
  func matches(_ other: [UInt8]) -> Bool { constantTimeEqual(bytes, other) }
}
