// How key material to be imported is encrypted on its way.

/// An algorithm that encrypts key material for import; its raw value is its name in the KMS API.
public enum ImportWrappingAlgorithm: String, Sendable, CaseIterable {
  /// RSAES-OAEP with SHA-1, directly over the material.
  case rsaesOAEPSHA1 = "RSAES_OAEP_SHA_1"
  /// RSAES-OAEP with SHA-256, directly over the material.
  case rsaesOAEPSHA256 = "RSAES_OAEP_SHA_256"
  /// An AES-256 key under RSAES-OAEP with SHA-1, then the material under that key, with AES-KWP (RFC 5649).
  case rsaAESKeyWrapSHA1 = "RSA_AES_KEY_WRAP_SHA_1"
  /// An AES-256 key under RSAES-OAEP with SHA-256, then the material under that key, with AES-KWP (RFC 5649).
  case rsaAESKeyWrapSHA256 = "RSA_AES_KEY_WRAP_SHA_256"
  /// SM2 encryption, directly over the material.
  case sm2PKE = "SM2PKE"
}
