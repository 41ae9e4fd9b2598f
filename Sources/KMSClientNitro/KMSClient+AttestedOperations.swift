// The attested calls by name.

public import KMSClient
public import KMSModel
public import NitroAttestation

extension KMSClient {
  /// Makes an asymmetric data key pair whose private key only this enclave can read; it comes encrypted under a
  /// symmetric key as well.
  ///
  /// - Parameters:
  ///   - keyID: The symmetric key to encrypt the private key under: key id, key ARN, alias name or alias ARN.
  ///   - keyPairSpec: The kind of key pair.
  ///   - encryptionContext: Name and value pairs bound to the ciphertext: the same ones open it. Logged, so not for
  ///     secrets.
  ///   - grantTokens: Tokens of grants so new that they may not be known everywhere yet; at most ten.
  ///   - dryRun: Whether only to check that the request is permitted and valid; success is then reported as an error.
  ///   - source: Who attests, or the recipient itself.
  /// - Returns: the pair with its private key opened.
  /// - Throws: ``AttestedCallError``.
  public func generateDataKeyPair(
    keyID: String, keyPairSpec: DataKeyPairSpec, encryptionContext: [String: String]? = nil,
    grantTokens: [String]? = nil, dryRun: Bool? = nil, attestedBy source: some AttestedRecipientSource
  ) async throws(AttestedCallError<GenerateDataKeyPairError>) -> GenerateDataKeyPairOutput {
    let input = GenerateDataKeyPairInput(
      keyID: keyID, keyPairSpec: keyPairSpec, encryptionContext: encryptionContext, grantTokens: grantTokens,
      dryRun: dryRun)
    return try await send(GenerateDataKeyPair.self, input, attestedBy: source)
  }

  /// Makes a data key that only this enclave can read; it comes encrypted under a symmetric key as well.
  ///
  /// - Parameters:
  ///   - keyID: The symmetric key to encrypt the data key under: key id, key ARN, alias name or alias ARN.
  ///   - size: How long the data key is: named by its algorithm, or counted in bytes.
  ///   - encryptionContext: Name and value pairs bound to the ciphertext: the same ones open it. Logged, so not for
  ///     secrets.
  ///   - grantTokens: Tokens of grants so new that they may not be known everywhere yet; at most ten.
  ///   - dryRun: Whether only to check that the request is permitted and valid; success is then reported as an error.
  ///   - source: Who attests, or the recipient itself.
  /// - Returns: the data key, opened.
  /// - Throws: ``AttestedCallError``.
  public func generateDataKey(
    keyID: String, size: DataKeySize, encryptionContext: [String: String]? = nil, grantTokens: [String]? = nil,
    dryRun: Bool? = nil, attestedBy source: some AttestedRecipientSource
  ) async throws(AttestedCallError<GenerateDataKeyError>) -> GenerateDataKeyOutput {
    var input = GenerateDataKeyInput(
      keyID: keyID, encryptionContext: encryptionContext, grantTokens: grantTokens, dryRun: dryRun)
    switch size {
    case .keySpec(let value): input.keySpec = value
    case .numberOfBytes(let value): input.numberOfBytes = value
    }
    return try await send(GenerateDataKey.self, input, attestedBy: source)
  }

  /// Opens ciphertext made by the service, for this enclave only.
  ///
  /// - Parameters:
  ///   - ciphertextBlob: The ciphertext to open.
  ///   - encryptionContext: The name and value pairs that the ciphertext was made with. Logged, so not for secrets.
  ///   - grantTokens: Tokens of grants so new that they may not be known everywhere yet; at most ten.
  ///   - keyID: The key to open the ciphertext with: key id, key ARN, alias name or alias ARN; needed when it is
  ///     asymmetric.
  ///   - encryptionAlgorithm: The encryption algorithm; symmetric by default.
  ///   - dryRun: Whether only to check that the request is permitted and valid; success is then reported as an error.
  ///   - dryRunModifiers: Parts of the check to leave out of a dry run.
  ///   - source: Who attests, or the recipient itself.
  /// - Returns: what was decrypted, opened.
  /// - Throws: ``AttestedCallError``.
  public func decrypt(
    ciphertextBlob: [UInt8]? = nil, encryptionContext: [String: String]? = nil, grantTokens: [String]? = nil,
    keyID: String? = nil, encryptionAlgorithm: EncryptionAlgorithm? = nil, dryRun: Bool? = nil,
    dryRunModifiers: [DryRunModifier]? = nil, attestedBy source: some AttestedRecipientSource
  ) async throws(AttestedCallError<DecryptError>) -> DecryptOutput {
    let input = DecryptInput(
      ciphertextBlob: ciphertextBlob, encryptionContext: encryptionContext, grantTokens: grantTokens, keyID: keyID,
      encryptionAlgorithm: encryptionAlgorithm, dryRun: dryRun, dryRunModifiers: dryRunModifiers)
    return try await send(Decrypt.self, input, attestedBy: source)
  }

  /// Runs a key agreement between a key's private half and a peer's public key, with a secret that only this enclave
  /// can read.
  ///
  /// - Parameters:
  ///   - keyID: The key: key id, key ARN, alias name or alias ARN.
  ///   - keyAgreementAlgorithm: The key agreement algorithm.
  ///   - publicKey: The peer's public key on the same curve, as a DER-encoded SubjectPublicKeyInfo.
  ///   - grantTokens: Tokens of grants so new that they may not be known everywhere yet; at most ten.
  ///   - dryRun: Whether only to check that the request is permitted and valid; success is then reported as an error.
  ///   - source: Who attests, or the recipient itself.
  /// - Returns: the shared secret, opened.
  /// - Throws: ``AttestedCallError``.
  public func deriveSharedSecret(
    keyID: String, keyAgreementAlgorithm: KeyAgreementAlgorithm, publicKey: [UInt8], grantTokens: [String]? = nil,
    dryRun: Bool? = nil, attestedBy source: some AttestedRecipientSource
  ) async throws(AttestedCallError<DeriveSharedSecretError>) -> DeriveSharedSecretOutput {
    let input = DeriveSharedSecretInput(
      keyID: keyID, keyAgreementAlgorithm: keyAgreementAlgorithm, publicKey: publicKey, grantTokens: grantTokens,
      dryRun: dryRun)
    return try await send(DeriveSharedSecret.self, input, attestedBy: source)
  }

  /// Makes random bytes that only this enclave can read.
  ///
  /// - Parameters:
  ///   - numberOfBytes: How many random bytes to make, 1 to 1,024.
  ///   - customKeyStoreID: The CloudHSM custom key store whose cluster makes the bytes.
  ///   - source: Who attests, or the recipient itself.
  /// - Returns: the bytes, opened.
  /// - Throws: ``AttestedCallError``.
  public func generateRandom(
    numberOfBytes: Int? = nil, customKeyStoreID: String? = nil, attestedBy source: some AttestedRecipientSource
  ) async throws(AttestedCallError<GenerateRandomError>) -> GenerateRandomOutput {
    let input = GenerateRandomInput(numberOfBytes: numberOfBytes, customKeyStoreID: customKeyStoreID)
    return try await send(GenerateRandom.self, input, attestedBy: source)
  }
}
