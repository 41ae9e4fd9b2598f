// Why an attested call has no result.

public import NitroAttestation

/// Everything that an attested call can fail with, around the operation's own error.
public enum AttestedCallError<Failure: Error>: Error, CustomStringConvertible {
  /// There was no recipient to call with; nothing was sent.
  case recipient(AttestedRecipientError)
  /// The call itself failed. When the service refuses the document, that is its `.validation`.
  case operation(Failure)
  /// The service answered without an envelope for the recipient: it does not support attestation.
  case ciphertextMissing
  /// The service answered with the plaintext in clear although a recipient was given. It was dropped; but it has crossed
  /// the network, so do not use the key that it is.
  case plaintextInClear
  /// The envelope does not open.
  case envelope(RecipientEnvelopeError)

  /// One line about the failure.
  public var description: String {
    switch self {
    case .recipient(let error): error.description
    case .operation(let error): String(describing: error)
    case .ciphertextMissing: "the answer has no ciphertext for the recipient"
    case .plaintextInClear: "the answer has its plaintext in clear although it was to be encrypted for a recipient"
    case .envelope(let error): error.description
    }
  }
}

extension AttestedCallError: Equatable where Failure: Equatable {}
