// What a grant can allow.

/// An operation that a grant can allow, by its KMS name.
public enum GrantOperation: String, Hashable, Sendable, CaseIterable {
  case decrypt = "Decrypt"
  case encrypt = "Encrypt"
  case generateDataKey = "GenerateDataKey"
  case generateDataKeyWithoutPlaintext = "GenerateDataKeyWithoutPlaintext"
  case reEncryptFrom = "ReEncryptFrom"
  case reEncryptTo = "ReEncryptTo"
  case sign = "Sign"
  case verify = "Verify"
  case getPublicKey = "GetPublicKey"
  case createGrant = "CreateGrant"
  case retireGrant = "RetireGrant"
  case describeKey = "DescribeKey"
  case generateDataKeyPair = "GenerateDataKeyPair"
  case generateDataKeyPairWithoutPlaintext = "GenerateDataKeyPairWithoutPlaintext"
  case generateMAC = "GenerateMac"
  case verifyMAC = "VerifyMac"
  case deriveSharedSecret = "DeriveSharedSecret"
}
