// The two kinds of ciphertext that symmetric keys make.

import KMSCrypto

/// A ciphertext that says which key it needs.
enum SymmetricCiphertext: Sendable {
  /// Made with material of this service alone.
  case own(CiphertextBlob)
  /// Encrypted once more by a key behind an external key store's proxy.
  case external(ExternalCiphertextBlob)

  /// Reads a ciphertext; nil for bytes that are none of this service's.
  init?(_ bytes: [UInt8]) {
    if let blob = try? CiphertextBlob.parse(bytes) {
      self = .own(blob)
    } else if let blob = try? ExternalCiphertextBlob.parse(bytes) {
      self = .external(blob)
    } else {
      return nil
    }
  }

  /// The id of the key that made it.
  var keyID: String {
    switch self {
    case .own(let blob): blob.keyID
    case .external(let blob): blob.keyID
    }
  }
}
