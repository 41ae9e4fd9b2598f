// Key material out of an import: unwrapped, checked against the key's spec, and named.

import KMSCrypto
import KMSDomain
import SecureMemory

/// Material that a key can have.
struct ImportedMaterial: Sendable {
  /// The id it has in the key.
  let id: String
  /// What the key keeps: a plain secret, or PKCS #8 as the service writes it.
  let secret: SecretBytes
  /// DER SubjectPublicKeyInfo of an asymmetric key.
  let publicKey: [UInt8]?

  /// Unwraps and checks.
  init(unwrapping wrapped: [UInt8], with token: ImportTokens.Content, for key: Key) throws(Fault) {
    let unwrapped = try Self.unwrap(wrapped, token)
    if let algorithm = key.spec.keyPairAlgorithm {
      let pair: KeyPair
      do {
        pair = try KeyPair(importing: unwrapped, as: algorithm)
      } catch {
        throw .incorrectKeyMaterial("The key material is not a private key of key spec \(key.spec.rawValue).")
      }
      (secret, publicKey) = (pair.privateKey, pair.publicKey)
    } else {
      guard key.spec.secretSizes.contains(unwrapped.count) else {
        throw .incorrectKeyMaterial("The key material does not have the size of key spec \(key.spec.rawValue).")
      }
      (secret, publicKey) = (unwrapped, nil)
    }
    id = try MaterialVault.id(of: secret, in: key.id)
  }

  private static func unwrap(_ wrapped: [UInt8], _ token: ImportTokens.Content) throws(Fault) -> SecretBytes {
    guard let algorithm = token.wrappingKeySpec.keyPairAlgorithm else { throw .invalidImportToken }
    let privateKey: AsymmetricKeyMaterial
    do {
      privateKey = try AsymmetricKeyMaterial(token.privateKey, algorithm: algorithm)
    } catch {
      throw .internalFailure(error)
    }
    do {
      return try privateKey.unwrap(wrapped, token.algorithm)
    } catch {
      throw .importCiphertext
    }
  }
}
