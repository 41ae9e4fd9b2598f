// From a wrapped private key to a usable one in one call.

public import KMSModel

extension KMSClient {
  /// Opens the private key of a data key pair as a key of swift-crypto.
  ///
  ///     let key = try await kms.openPrivateKey(
  ///       ciphertext: pair.privateKeyCiphertextBlob, as: P256.Signing.PrivateKey.self,
  ///       encryptionContext: ["tenant": "blue"])
  ///
  /// - Parameters:
  ///   - ciphertext: `privateKeyCiphertextBlob` of `generateDataKeyPair` or `generateDataKeyPairWithoutPlaintext`.
  ///   - type: what the key is to be used as. It decides the curve, but not the size of an RSA key.
  ///   - spec: the pair's spec, to hold the key to it, too; for RSA this fixes the size.
  ///   - encryptionContext: the same pairs that the key pair was generated with.
  ///   - keyID: the symmetric key that wraps it; with it, a ciphertext of any other key is refused.
  ///   - grantTokens: tokens of grants so new that they may not be known everywhere yet.
  /// - Throws: ``OpenPrivateKeyError/decrypt(_:)`` when the service does not decrypt it, ``OpenPrivateKeyError/key(_:)``
  ///   when what it decrypted is no such key.
  public func openPrivateKey<Key: DataKeyPrivateKey>(
    ciphertext: [UInt8], as type: Key.Type, spec: DataKeyPairSpec? = nil, encryptionContext: [String: String]? = nil,
    keyID: String? = nil, grantTokens: [String]? = nil
  ) async throws(OpenPrivateKeyError) -> Key {
    let output = try await decryptPrivateKey(ciphertext, encryptionContext, keyID, grantTokens)
    do {
      guard let spec else { return try output.privateKey(as: type) }
      return try output.openedPrivateKey(spec: spec).key(as: type)
    } catch {
      throw .key(error)
    }
  }

  /// Opens the private key of a data key pair and checks that it is a key of `spec`.
  ///
  /// For keys whose use is decided later, and for secp256k1 and SM2, which swift-crypto has no types for.
  /// - Parameters:
  ///   - ciphertext: `privateKeyCiphertextBlob` of `generateDataKeyPair` or `generateDataKeyPairWithoutPlaintext`.
  ///   - spec: the spec that the key pair was generated with.
  ///   - encryptionContext: the same pairs that the key pair was generated with.
  ///   - keyID: the symmetric key that wraps it; with it, a ciphertext of any other key is refused.
  ///   - grantTokens: tokens of grants so new that they may not be known everywhere yet.
  /// - Throws: ``OpenPrivateKeyError``.
  public func openPrivateKey(
    ciphertext: [UInt8], spec: DataKeyPairSpec, encryptionContext: [String: String]? = nil, keyID: String? = nil,
    grantTokens: [String]? = nil
  ) async throws(OpenPrivateKeyError) -> OpenedPrivateKey {
    let output = try await decryptPrivateKey(ciphertext, encryptionContext, keyID, grantTokens)
    do { return try output.openedPrivateKey(spec: spec) } catch { throw .key(error) }
  }

  /// Opens the private key of a stored pair, and checks that it is the private half of the stored public key.
  ///
  /// The check catches ciphertexts that were exchanged for one another in storage. For secp256k1 and SM2, which
  /// swift-crypto cannot compute with, it is not made: bind such pairs to their place with the encryption context.
  /// - Parameters:
  ///   - stored: the pair.
  ///   - encryptionContext: the same pairs that the key pair was generated with.
  ///   - keyID: the key that wraps it, if it is not to be the one that did then: a multi-Region key's replica, say.
  ///   - grantTokens: tokens of grants so new that they may not be known everywhere yet.
  /// - Throws: ``OpenPrivateKeyError``; a private key of another pair is ``DataKeyError/otherPublicKey``.
  public func openPrivateKey(
    of stored: StoredKeyPair, encryptionContext: [String: String]? = nil, keyID: String? = nil,
    grantTokens: [String]? = nil
  ) async throws(OpenPrivateKeyError) -> OpenedPrivateKey {
    let opened = try await openPrivateKey(
      ciphertext: stored.privateKeyCiphertext, spec: stored.spec, encryptionContext: encryptionContext,
      keyID: keyID ?? stored.keyID, grantTokens: grantTokens)
    do { try opened.requirePublicKey(stored.publicKey) } catch { throw .key(error) }
    return opened
  }

  /// Opens the private key of a stored pair as a key of swift-crypto, with the same checks.
  ///
  /// - Parameters:
  ///   - stored: the pair.
  ///   - type: what the key is to be used as.
  ///   - encryptionContext: the same pairs that the key pair was generated with.
  ///   - keyID: the key that wraps it, if it is not to be the one that did then: a multi-Region key's replica, say.
  ///   - grantTokens: tokens of grants so new that they may not be known everywhere yet.
  /// - Throws: ``OpenPrivateKeyError``.
  public func openPrivateKey<Key: DataKeyPrivateKey>(
    of stored: StoredKeyPair, as type: Key.Type, encryptionContext: [String: String]? = nil, keyID: String? = nil,
    grantTokens: [String]? = nil
  ) async throws(OpenPrivateKeyError) -> Key {
    let opened = try await openPrivateKey(
      of: stored, encryptionContext: encryptionContext, keyID: keyID, grantTokens: grantTokens)
    do { return try opened.key(as: type) } catch { throw .key(error) }
  }

  private func decryptPrivateKey(
    _ ciphertext: [UInt8], _ encryptionContext: [String: String]?, _ keyID: String?, _ grantTokens: [String]?
  ) async throws(OpenPrivateKeyError) -> DecryptOutput {
    let input = DecryptInput(
      ciphertextBlob: ciphertext, encryptionContext: encryptionContext, grantTokens: grantTokens, keyID: keyID)
    do { return try await decrypt(input) } catch { throw .decrypt(error) }
  }
}
