// What a KMS key may be used for, fixed when it is made.

/// A key usage, by its KMS name.
public enum KeyUsage: String, Hashable, Sendable, CaseIterable {
  case encryptDecrypt = "ENCRYPT_DECRYPT"
  case signVerify = "SIGN_VERIFY"
  case generateVerifyMAC = "GENERATE_VERIFY_MAC"
  case keyAgreement = "KEY_AGREEMENT"
}
