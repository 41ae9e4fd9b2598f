// The second encryption of keys in external key stores: what the service has encrypted, the proxy encrypts again.

import KMSAccess
import KMSCrypto
import KMSDomain

extension OperationContext {
  /// As much additional authenticated data as a proxy takes.
  private static let maximumAdditionalData = 8192

  /// Has the proxy encrypt a blob that the service has sealed with the key's own material.
  ///
  /// - Parameter sealed: a ``CiphertextBlob``'s bytes.
  /// - Returns: the whole blob for the caller, an ``ExternalCiphertextBlob``'s bytes.
  func encryptExternally(
    _ sealed: [UInt8], under key: ActiveKey, _ encryptionContext: [String: String]?, for caller: Caller,
    operation: String
  ) async throws(Fault) -> [UInt8] {
    let additionalData = try Self.additionalData(encryptionContext)
    let (proxy, externalKeyID) = try externalKey(of: key)
    let outer: ExternalCiphertextBlob.Sealed
    do throws(ProxyFailure) {
      outer = try await externalKeyStores.encrypt(
        sealed, additionalData: additionalData, withKey: externalKeyID, behind: proxy,
        Self.metadata(key, caller, operation))
    } catch {
      throw error.cryptographicFault
    }
    do throws(CryptoError) {
      let inner = try CiphertextBlob.parse(sealed)
      return try ExternalCiphertextBlob(keyID: inner.keyID, materialID: inner.materialID, sealed: outer).bytes
    } catch {
      throw .internalFailure(error)
    }
  }

  /// Has the proxy decrypt a blob of a key, up to what the service itself had sealed.
  ///
  /// - Returns: a blob of the same key and material as `blob` says.
  func decryptExternally(
    _ blob: ExternalCiphertextBlob, with key: ActiveKey, _ encryptionContext: [String: String]?, for caller: Caller,
    operation: String
  ) async throws(Fault) -> CiphertextBlob {
    let additionalData = try Self.additionalData(encryptionContext)
    let (proxy, externalKeyID) = try externalKey(of: key)
    let bytes: [UInt8]
    do throws(ProxyFailure) {
      bytes = try await externalKeyStores.decrypt(
        blob.sealed, additionalData: additionalData, withKey: externalKeyID, behind: proxy,
        Self.metadata(key, caller, operation))
    } catch {
      throw error.cryptographicFault
    }
    // The proxy authenticates neither key id nor material id of the outer blob; the inner one says what they must be.
    guard let inner = try? CiphertextBlob.parse(bytes), inner.keyID == blob.keyID,
      inner.materialID == blob.materialID
    else { throw .invalidCiphertext }
    return inner
  }

  /// The proxy of a key and the name that it has there.
  private func externalKey(of key: ActiveKey) throws(Fault) -> (ProxyAccess, String) {
    guard let store = key.customKeyStore, let externalKeyID = key.record.externalKeyID else {
      throw .internalFailure(MissingExternalKey(keyARN: key.arn))
    }
    guard store.connectionState == .connected else { throw .unavailable(key.arn) }
    return (try access(to: store), externalKeyID)
  }

  /// An encryption context as a proxy is given it.
  static func additionalData(_ encryptionContext: [String: String]?) throws(Fault) -> [UInt8] {
    let encoded = EncryptionContextEncoding(encryptionContext).bytes
    guard encoded.count <= maximumAdditionalData else { throw .encryptionContextTooLong }
    return encoded
  }

  private static func metadata(_ key: ActiveKey, _ caller: Caller, _ operation: String) -> ProxyRequestMetadata {
    ProxyRequestMetadata(
      principalARN: caller.arn, keyARN: key.arn, operation: operation, requestID: caller.requestID)
  }
}

/// A key that should be in an external key store, and has no store or no external key.
struct MissingExternalKey: Error, CustomStringConvertible {
  let keyARN: String
  var description: String { "\(keyARN) has no external key" }
}
