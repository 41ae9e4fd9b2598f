// Proof that an attestation document was verified.

/// An attestation document that ``AttestationVerifier`` verified. Nothing else makes one.
public struct VerifiedAttestation: Hashable, Sendable {
  /// What the enclave says.
  public let document: AttestationDocument
  /// The key that answers are to be encrypted to: the document's public key, parsed.
  public let recipientKey: RecipientPublicKey
  /// The pinned root that vouches for it.
  public let root: AttestationRoot

  init(document: AttestationDocument, recipientKey: RecipientPublicKey, root: AttestationRoot) {
    self.document = document
    self.recipientKey = recipientKey
    self.root = root
  }
}
