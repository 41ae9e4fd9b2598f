// Every signature algorithm of AWS KMS.

/// A signature algorithm; its raw value is its name in the KMS API.
public enum SignatureAlgorithm: String, Sendable, CaseIterable {
  /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2) with SHA-256.
  case rsassaPKCS1v15SHA256 = "RSASSA_PKCS1_V1_5_SHA_256"
  /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2) with SHA-384.
  case rsassaPKCS1v15SHA384 = "RSASSA_PKCS1_V1_5_SHA_384"
  /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2) with SHA-512.
  case rsassaPKCS1v15SHA512 = "RSASSA_PKCS1_V1_5_SHA_512"
  /// RSASSA-PSS (RFC 8017 §8.1) with SHA-256, for MGF1 as well, and a salt as long as the digest.
  case rsassaPSSSHA256 = "RSASSA_PSS_SHA_256"
  /// RSASSA-PSS (RFC 8017 §8.1) with SHA-384, for MGF1 as well, and a salt as long as the digest.
  case rsassaPSSSHA384 = "RSASSA_PSS_SHA_384"
  /// RSASSA-PSS (RFC 8017 §8.1) with SHA-512, for MGF1 as well, and a salt as long as the digest.
  case rsassaPSSSHA512 = "RSASSA_PSS_SHA_512"
  /// ECDSA (FIPS 186-5 §6) with SHA-256, on P-256 and secp256k1. Signatures are DER (RFC 3279 §2.2.3), as with the other
  /// curves.
  case ecdsaSHA256 = "ECDSA_SHA_256"
  /// ECDSA (FIPS 186-5 §6) with SHA-384, on P-384.
  case ecdsaSHA384 = "ECDSA_SHA_384"
  /// ECDSA (FIPS 186-5 §6) with SHA-512, on P-521.
  case ecdsaSHA512 = "ECDSA_SHA_512"
  /// Ed25519 (RFC 8032 §5.1), which hashes the message for itself.
  case ed25519SHA512 = "ED25519_SHA_512"
  /// Ed25519ph (RFC 8032 §5.1) with an empty context, over a SHA-512 digest that it hashes again, as KMS does.
  case ed25519phSHA512 = "ED25519_PH_SHA_512"
  /// SM2 (GB/T 32918.2) with SM3. A message is signed under the default signer's name; a digest is signed as it is.
  /// Signatures are DER (GB/T 35276 §7.3).
  case sm2DSA = "SM2DSA"
  /// ML-DSA (FIPS 204), hedged, with an empty context.
  case mlDSASHAKE256 = "ML_DSA_SHAKE_256"

  /// The size of a digest for this algorithm; nil where a digest cannot be signed.
  public var digestByteCount: Int? {
    switch self {
    case .rsassaPKCS1v15SHA256, .rsassaPSSSHA256, .ecdsaSHA256, .sm2DSA: 32
    case .rsassaPKCS1v15SHA384, .rsassaPSSSHA384, .ecdsaSHA384: 48
    case .rsassaPKCS1v15SHA512, .rsassaPSSSHA512, .ecdsaSHA512, .ed25519phSHA512: 64
    case .ed25519SHA512, .mlDSASHAKE256: nil
    }
  }
}
