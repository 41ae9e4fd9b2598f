// Every public-key encryption algorithm of AWS KMS.

/// A public-key encryption algorithm; its raw value is its name in the KMS API.
public enum PublicKeyEncryptionAlgorithm: String, Sendable, CaseIterable {
  /// RSAES-OAEP (RFC 8017 §7.1) with SHA-1, for MGF1 as well, and an empty label.
  case rsaesOAEPSHA1 = "RSAES_OAEP_SHA_1"
  /// RSAES-OAEP (RFC 8017 §7.1) with SHA-256, for MGF1 as well, and an empty label.
  case rsaesOAEPSHA256 = "RSAES_OAEP_SHA_256"
  /// SM2 encryption (GB/T 32918.4) with SM3. Ciphertexts are DER (GB/T 35276 §7.2).
  case sm2PKE = "SM2PKE"
}
