// A key pair with proof of whose it is.

public import SecureMemory

/// A fresh RSA key pair and an attestation document over its public half.
///
/// The private half never leaves this value. The document is believed for some minutes only (five by Keywright, and
/// AWS KMS is thought to do the same), so do not keep a recipient for later.
public struct AttestedRecipient: AttestedRecipientSource {
  /// The signed document, for `RecipientInfo.attestationDocument`.
  public let attestationDocument: [UInt8]
  private let privateKey: RecipientPrivateKey

  /// The public half, DER SubjectPublicKeyInfo.
  public var publicKey: [UInt8] { privateKey.publicKey }

  /// Makes a key pair, which takes a tenth of a second and more, and has `provider` attest it.
  ///
  /// - Parameters:
  ///   - provider: Who attests.
  ///   - keySize: How long the RSA modulus is. AWS documents 2048 bits only.
  ///   - userData: At most 512 bytes for whoever reads the document; KMS does not.
  ///   - nonce: Likewise.
  public init(
    attestedBy provider: some AttestationProvider, keySize: RecipientPrivateKey.Size = .bits2048,
    userData: [UInt8]? = nil, nonce: [UInt8]? = nil
  ) async throws(AttestedRecipientError) {
    let key: RecipientPrivateKey
    do throws(RecipientPrivateKey.GenerationError) {
      key = try await RecipientPrivateKey.generate(keySize)
    } catch {
      throw .keyGeneration
    }
    try await self.init(key, attestedBy: provider, userData: userData, nonce: nonce)
  }

  /// Has `provider` attest a key pair that was made before.
  public init(
    _ privateKey: RecipientPrivateKey, attestedBy provider: some AttestationProvider, userData: [UInt8]? = nil,
    nonce: [UInt8]? = nil
  ) async throws(AttestedRecipientError) {
    do throws(AttestationProviderError) {
      attestationDocument = try await provider.attestationDocument(
        publicKey: privateKey.publicKey, userData: userData, nonce: nonce)
    } catch {
      throw .provider(error)
    }
    self.privateKey = privateKey
  }

  /// Opens what was sealed for this recipient: an answer's `CiphertextForRecipient`.
  public func open(_ envelope: [UInt8]) throws(RecipientEnvelopeError) -> SecretBytes {
    try RecipientEnvelope.open(envelope, with: privateKey)
  }

  /// Itself.
  public func recipient() async throws(AttestedRecipientError) -> AttestedRecipient { self }
}
