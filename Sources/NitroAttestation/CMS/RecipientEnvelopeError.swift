// Why an envelope cannot be made or opened.

/// Why ``RecipientEnvelope`` cannot seal or open something.
public enum RecipientEnvelopeError: Error, Hashable, Sendable, CaseIterable, CustomStringConvertible {
  /// The envelope is, or would be, longer than ``RecipientEnvelope/maximumSize``.
  case tooLarge
  /// The plaintext cannot be encrypted to the key.
  case encryption
  /// The bytes are not CMS EnvelopedData for one recipient in the form that KMS answers with.
  case malformed
  /// The envelope is encrypted with other algorithms than KMS's.
  case unsupportedAlgorithm
  /// The envelope does not open with this key. Whether the key or the content was wrong is not told: with it, whoever
  /// can have envelopes opened could decrypt them.
  case decryption

  /// One line about it, without anything of the envelope.
  public var description: String {
    switch self {
    case .tooLarge: "the envelope is longer than \(RecipientEnvelope.maximumSize) bytes"
    case .encryption: "the plaintext cannot be encrypted to the recipient's key"
    case .malformed: "the bytes are not CMS EnvelopedData for one recipient"
    case .unsupportedAlgorithm: "the envelope is not encrypted with RSAES-OAEP of SHA-256 and AES-256-CBC"
    case .decryption: "the envelope does not open with the recipient's key"
    }
  }
}
