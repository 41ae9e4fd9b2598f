// What kind of key material a KMS key has.

/// A key spec, by its KMS name.
public enum KeySpec: String, Hashable, Sendable, CaseIterable {
  case symmetricDefault = "SYMMETRIC_DEFAULT"
  case rsa2048 = "RSA_2048"
  case rsa3072 = "RSA_3072"
  case rsa4096 = "RSA_4096"
  case eccNISTP256 = "ECC_NIST_P256"
  case eccNISTP384 = "ECC_NIST_P384"
  case eccNISTP521 = "ECC_NIST_P521"
  case eccSECGP256K1 = "ECC_SECG_P256K1"
  case eccNISTEdwards25519 = "ECC_NIST_EDWARDS25519"
  case sm2 = "SM2"
  case hmac224 = "HMAC_224"
  case hmac256 = "HMAC_256"
  case hmac384 = "HMAC_384"
  case hmac512 = "HMAC_512"
  case mlDSA44 = "ML_DSA_44"
  case mlDSA65 = "ML_DSA_65"
  case mlDSA87 = "ML_DSA_87"

  /// The three classes between which an alias cannot move.
  public enum Class: Hashable, Sendable { case symmetric, asymmetric, hmac }

  /// Which class the spec belongs to.
  public var keyClass: Class {
    switch self {
    case .symmetricDefault: .symmetric
    case .hmac224, .hmac256, .hmac384, .hmac512: .hmac
    default: .asymmetric
    }
  }

  /// The usages KMS allows for the spec, in the order of its reference.
  public var allowedUsages: [KeyUsage] {
    switch self {
    case .symmetricDefault: [.encryptDecrypt]
    case .hmac224, .hmac256, .hmac384, .hmac512: [.generateVerifyMAC]
    case .rsa2048, .rsa3072, .rsa4096: [.encryptDecrypt, .signVerify]
    case .eccNISTP256, .eccNISTP384, .eccNISTP521: [.signVerify, .keyAgreement]
    case .eccSECGP256K1, .eccNISTEdwards25519, .mlDSA44, .mlDSA65, .mlDSA87: [.signVerify]
    case .sm2: [.encryptDecrypt, .signVerify, .keyAgreement]
    }
  }

  /// The algorithms a key of this spec offers for `usage`, by their KMS names; empty when the usage is not allowed.
  public func algorithms(for usage: KeyUsage) -> [String] {
    guard allowedUsages.contains(usage) else { return [] }
    switch (self, usage) {
    case (.symmetricDefault, _): return ["SYMMETRIC_DEFAULT"]
    case (.hmac224, _): return ["HMAC_SHA_224"]
    case (.hmac256, _): return ["HMAC_SHA_256"]
    case (.hmac384, _): return ["HMAC_SHA_384"]
    case (.hmac512, _): return ["HMAC_SHA_512"]
    case (_, .keyAgreement): return ["ECDH"]
    case (.sm2, .encryptDecrypt): return ["SM2PKE"]
    case (.sm2, _): return ["SM2DSA"]
    case (.rsa2048, .encryptDecrypt), (.rsa3072, .encryptDecrypt), (.rsa4096, .encryptDecrypt):
      return ["RSAES_OAEP_SHA_1", "RSAES_OAEP_SHA_256"]
    case (.rsa2048, _), (.rsa3072, _), (.rsa4096, _):
      return [
        "RSASSA_PKCS1_V1_5_SHA_256", "RSASSA_PKCS1_V1_5_SHA_384", "RSASSA_PKCS1_V1_5_SHA_512",
        "RSASSA_PSS_SHA_256", "RSASSA_PSS_SHA_384", "RSASSA_PSS_SHA_512",
      ]
    case (.eccNISTP256, _), (.eccSECGP256K1, _): return ["ECDSA_SHA_256"]
    case (.eccNISTP384, _): return ["ECDSA_SHA_384"]
    case (.eccNISTP521, _): return ["ECDSA_SHA_512"]
    case (.eccNISTEdwards25519, _): return ["ED25519_SHA_512", "ED25519_PH_SHA_512"]
    case (.mlDSA44, _), (.mlDSA65, _), (.mlDSA87, _): return ["ML_DSA_SHAKE_256"]
    }
  }
}
