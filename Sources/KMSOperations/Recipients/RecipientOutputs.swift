// The operations whose secret may go to an attested recipient: what of their answers only the recipient can open.

public import AWSJSON
public import KMSAccess
public import KMSDomain
public import KMSModel
public import NitroAttestation
import SecureMemory

/// A request that may name an attested recipient.
public protocol RecipientInput {
  /// The recipient; nil when the answer is for the caller.
  var recipient: RecipientInfo? { get }
}

/// An answer with a secret, which is in clear for the caller or in an envelope for a recipient.
public protocol RecipientOutput {
  /// Moves the secret from its member in clear into `ciphertextForRecipient`.
  mutating func seal(for recipient: VerifiedAttestation) throws(Fault)
}

extension ServedOperation where Input: RecipientInput, Output: RecipientOutput {
  /// The recipient that the request names.
  public static func recipient(of input: Input) -> RecipientInfo? { input.recipient }

  /// Leaves the secret to the recipient alone.
  public static func seal(_ output: inout Output, for recipient: VerifiedAttestation) throws(Fault) {
    try output.seal(for: recipient)
  }
}

extension VerifiedAttestation {
  /// Takes the secret out of its member; the envelope with it is a CMS EnvelopedData.
  fileprivate func envelope(_ member: inout SecretBytes?) throws(Fault) -> [UInt8]? {
    guard let secret = member else { return nil }
    member = nil
    do {
      return try RecipientEnvelope.seal(secret, for: recipientKey)
    } catch {
      throw .internalFailure(error)
    }
  }
}

extension DecryptInput: RecipientInput {}
extension DecryptOutput: RecipientOutput {
  /// KMS leaves out `KeyMaterialId` together with `Plaintext`.
  public mutating func seal(for recipient: VerifiedAttestation) throws(Fault) {
    ciphertextForRecipient = try recipient.envelope(&plaintext)
    keyMaterialID = nil
  }
}

extension GenerateDataKeyInput: RecipientInput {}
extension GenerateDataKeyOutput: RecipientOutput {
  /// KMS leaves out `KeyMaterialId` together with `Plaintext`.
  public mutating func seal(for recipient: VerifiedAttestation) throws(Fault) {
    ciphertextForRecipient = try recipient.envelope(&plaintext)
    keyMaterialID = nil
  }
}

extension GenerateDataKeyPairInput: RecipientInput {}
extension GenerateDataKeyPairOutput: RecipientOutput {
  /// `PrivateKeyPlaintext` goes, and nothing else.
  public mutating func seal(for recipient: VerifiedAttestation) throws(Fault) {
    ciphertextForRecipient = try recipient.envelope(&privateKeyPlaintext)
  }
}

extension GenerateRandomInput: RecipientInput {}
extension GenerateRandomOutput: RecipientOutput {
  /// `Plaintext` goes.
  public mutating func seal(for recipient: VerifiedAttestation) throws(Fault) {
    ciphertextForRecipient = try recipient.envelope(&plaintext)
  }
}

extension DeriveSharedSecretInput: RecipientInput {}
extension DeriveSharedSecretOutput: RecipientOutput {
  /// `SharedSecret` goes.
  public mutating func seal(for recipient: VerifiedAttestation) throws(Fault) {
    ciphertextForRecipient = try recipient.envelope(&sharedSecret)
  }
}
