// Where an encryptor's data keys come from: KMS, or the cache before it.

internal import Crypto
internal import KMSModel
internal import SecureMemory

extension EnvelopeEncryptor {
  /// What the sealing of one message begins with.
  struct SealingStart: Sendable {
    let header: EnvelopeHeader
    let keys: MessageKeys
    /// Where bytes are counted that were not announced; nil without a cache.
    let usage: DataKeyUsage?
  }

  /// Gets a data key, and derives the header and the keys of a new message.
  ///
  /// - Parameter knownLength: The bytes that will be sealed; what is not known yet is counted as it comes.
  func startSealing(
    _ encryptionContext: [String: String], knownLength: UInt64 = 0
  ) async throws(EnvelopeError) -> SealingStart {
    let context = EncryptionContextDigest(encryptionContext)
    let (dataKey, usage) = try await keyForSealing(encryptionContext, context, knownLength)
    var header = EnvelopeHeader(
      chunkSize: chunkSize.bytes, salt: Self.randomSalt(), keyARN: dataKey.keyARN, wrappedKey: dataKey.wrapped,
      commitment: [])
    let keys = MessageKeys(dataKey: dataKey.key, header: header, context: context)
    header.commitment = keys.commitment
    return SealingStart(header: header, keys: keys, usage: usage)
  }

  /// Has the data key of a message opened, and derives and verifies the message's keys.
  func openKeys(
    of header: EnvelopeHeader, _ encryptionContext: [String: String]
  ) async throws(EnvelopeError) -> MessageKeys {
    let context = EncryptionContextDigest(encryptionContext)
    let dataKey = try await keyForOpening(header, encryptionContext, context)
    return try MessageKeys.verified(dataKey: dataKey.key, header: header, context: context)
  }

  private func keyForSealing(
    _ encryptionContext: [String: String], _ context: EncryptionContextDigest, _ knownLength: UInt64
  ) async throws(EnvelopeError) -> (DataKey, DataKeyUsage?) {
    let fetch = { @Sendable [kms, keyID, grantTokens] () async -> Result<DataKey, EnvelopeError> in
      let output: GenerateDataKeyOutput
      do throws(GenerateDataKeyError) {
        output = try await kms.generateDataKey(
          keyID: keyID, size: .keySpec(.aes256), encryptionContext: encryptionContext.isEmpty ? nil : encryptionContext,
          grantTokens: grantTokens.isEmpty ? nil : grantTokens)
      } catch {
        return .failure(EnvelopeError(error))
      }
      return Result { () throws(EnvelopeError) in try DataKey(output, expectedKey: keyID) }
    }
    guard let cache else { return (try await fetch().get(), nil) }
    let place = DataKeyPlace(
      client: kms, keyID: keyID, grantTokens: grantTokens, context: context, wrappedKey: nil)
    return try await cache.dataKey(at: place, bytes: knownLength, fetch)
  }

  private func keyForOpening(
    _ header: EnvelopeHeader, _ encryptionContext: [String: String], _ context: EncryptionContextDigest
  ) async throws(EnvelopeError) -> DataKey {
    let expectedKey = try keyToOpen(header)
    let fetch = { @Sendable [kms, grantTokens] () async -> Result<DataKey, EnvelopeError> in
      let output: DecryptOutput
      do throws(DecryptError) {
        output = try await kms.decrypt(
          ciphertextBlob: header.wrappedKey, encryptionContext: encryptionContext.isEmpty ? nil : encryptionContext,
          grantTokens: grantTokens.isEmpty ? nil : grantTokens, keyID: expectedKey)
      } catch {
        return .failure(EnvelopeError(error))
      }
      return Result { () throws(EnvelopeError) in
        try DataKey(output, wrapped: header.wrappedKey, expectedKey: expectedKey)
      }
    }
    guard let cache else { return try await fetch().get() }
    let place = DataKeyPlace(
      client: kms, keyID: expectedKey, grantTokens: grantTokens, context: context,
      wrappedKey: Array(SHA256.hash(data: header.wrappedKey)))
    return try await cache.dataKey(at: place, bytes: 0, fetch).0
  }

  /// The key that `Decrypt` is held to.
  private func keyToOpen(_ header: EnvelopeHeader) throws(EnvelopeError) -> String {
    switch acceptedKeys {
    case .own: return keyID
    case .anyKey: return header.keyARN
    case .listed(let keyARNs):
      guard keyARNs.contains(header.keyARN) else { throw .otherKey }
      return header.keyARN
    }
  }
}

extension EnvelopeError {
  init(_ error: GenerateDataKeyError) {
    if case .cancelled = error { self = .cancelled } else { self = .generateDataKey(error) }
  }

  init(_ error: DecryptError) {
    if case .cancelled = error { self = .cancelled } else { self = .decrypt(error) }
  }
}
