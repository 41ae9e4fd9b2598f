// Fetching a public key to work with it locally.

internal import KMSModel

extension KMSClient {
  /// Fetches the public half of an asymmetric key, for encrypting and verifying without further calls.
  ///
  ///     let key = try await kms.publicKey(keyID: "alias/signer")
  ///     try key.verify(signature: signature, of: message, algorithm: .ecdsaSHA256)
  ///
  /// - Parameters:
  ///   - keyID: the key: key id, key ARN, alias name or alias ARN.
  ///   - grantTokens: tokens of grants so new that they may not be known everywhere yet.
  /// - Throws: ``FetchPublicKeyError``.
  public func publicKey(
    keyID: String, grantTokens: [String]? = nil
  ) async throws(FetchPublicKeyError) -> KMSPublicKey {
    let output: GetPublicKeyOutput
    do {
      output = try await getPublicKey(GetPublicKeyInput(keyID: keyID, grantTokens: grantTokens))
    } catch {
      throw .getPublicKey(error)
    }
    do { return try KMSPublicKey(output) } catch { throw .key(error) }
  }
}
