// The operations whose plaintext can be encrypted for an attested recipient.

public import AWSJSON
public import KMSModel
public import SecureMemory

/// An input that names a recipient.
public protocol RecipientInput {
  /// An attested enclave; the result is encrypted for it instead of being returned in clear.
  var recipient: RecipientInfo? { get set }
}

/// An output that comes in two forms: with its plaintext, or with an envelope for the recipient in its place.
public protocol RecipientOutput {
  /// The result encrypted for the attested recipient.
  var ciphertextForRecipient: [UInt8]? { get }
  /// The member whose place the envelope takes.
  static var plaintextMember: WritableKeyPath<Self, SecretBytes?> { get }
}

/// An operation with a `Recipient` parameter.
public protocol AttestedOperation: AWSJSONOperation where Input: RecipientInput, Output: RecipientOutput {}

extension DecryptInput: RecipientInput {}
extension DecryptOutput: RecipientOutput {
  public static var plaintextMember: WritableKeyPath<DecryptOutput, SecretBytes?> { \.plaintext }
}
extension Decrypt: AttestedOperation {}

extension DeriveSharedSecretInput: RecipientInput {}
extension DeriveSharedSecretOutput: RecipientOutput {
  public static var plaintextMember: WritableKeyPath<DeriveSharedSecretOutput, SecretBytes?> { \.sharedSecret }
}
extension DeriveSharedSecret: AttestedOperation {}

extension GenerateDataKeyInput: RecipientInput {}
extension GenerateDataKeyOutput: RecipientOutput {
  public static var plaintextMember: WritableKeyPath<GenerateDataKeyOutput, SecretBytes?> { \.plaintext }
}
extension GenerateDataKey: AttestedOperation {}

extension GenerateDataKeyPairInput: RecipientInput {}
extension GenerateDataKeyPairOutput: RecipientOutput {
  public static var plaintextMember: WritableKeyPath<GenerateDataKeyPairOutput, SecretBytes?> {
    \.privateKeyPlaintext
  }
}
extension GenerateDataKeyPair: AttestedOperation {}

extension GenerateRandomInput: RecipientInput {}
extension GenerateRandomOutput: RecipientOutput {
  public static var plaintextMember: WritableKeyPath<GenerateRandomOutput, SecretBytes?> { \.plaintext }
}
extension GenerateRandom: AttestedOperation {}
