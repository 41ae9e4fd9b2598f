// Who attests an enclave's key.

/// Makes attestation documents over public keys: the Nitro Secure Module in an enclave, software elsewhere.
///
/// Every provider is a source of recipients as well: each is new, with a key of 2048 bits.
public protocol AttestationProvider: AttestedRecipientSource {
  /// A signed attestation document, a COSE_Sign1 message.
  ///
  /// - Parameters:
  ///   - publicKey: The key that answers are to be encrypted to: a DER SubjectPublicKeyInfo of at most 1024 bytes.
  ///   - userData: At most 512 bytes of the caller's own. KMS does not look at it.
  ///   - nonce: At most 512 bytes that the reader of the document expects. KMS does not look at it.
  func attestationDocument(
    publicKey: [UInt8], userData: [UInt8]?, nonce: [UInt8]?
  ) async throws(AttestationProviderError) -> [UInt8]
}

extension AttestationProvider {
  /// A new recipient: a fresh key of 2048 bits and a document over it.
  public func recipient() async throws(AttestedRecipientError) -> AttestedRecipient {
    try await AttestedRecipient(attestedBy: self)
  }
}
