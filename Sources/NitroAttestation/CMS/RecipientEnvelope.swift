// What an attested recipient gets in place of a plaintext.

internal import Crypto
internal import CryptoExtras
public import SecureMemory

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Seals plaintext for the key of an attestation document, and opens it again: the `CiphertextForRecipient` of KMS.
///
/// An envelope is CMS EnvelopedData (RFC 5652) for one recipient: a random AES-256 key, encrypted with RSAES-OAEP of
/// SHA-256 and MGF1 with SHA-256, and the content under it with AES-256-CBC. Nothing in it is authenticated: it proves
/// neither who made it nor that it was not changed, so its way here must, as TLS does.
public enum RecipientEnvelope {
  /// The longest envelope, in bytes: what the API allows for a ciphertext.
  public static let maximumSize = 6144

  /// Seals `plaintext`, of any length that fits, for `key`.
  ///
  /// The library that encrypts makes a copy of the plaintext that it does not wipe.
  /// - Throws: ``RecipientEnvelopeError/tooLarge`` or ``RecipientEnvelopeError/encryption``.
  public static func seal(
    _ plaintext: SecretBytes, for key: RecipientPublicKey
  ) throws(RecipientEnvelopeError) -> [UInt8] {
    guard plaintext.count <= maximumSize else { throw .tooLarge }
    let contentKey = SymmetricKey(size: .bits256)
    let vector = AES._CBC.IV()
    guard let publicKey = try? _RSA.Encryption.PublicKey(derRepresentation: key.subjectPublicKeyInfo),
      let encryptedKey = try? contentKey.withUnsafeBytes({
        try publicKey.encrypt($0, padding: .PKCS1_OAEP_SHA256)
      }),
      let content = try? plaintext.withUnsafeBytes({ try AES._CBC.encrypt($0, using: contentKey, iv: vector) })
    else { throw .encryption }
    let envelope = EnvelopedData(
      subjectKeyIdentifier: key.subjectKeyIdentifier, encryptedKey: [UInt8](encryptedKey),
      initializationVector: Array(vector), encryptedContent: [UInt8](content)
    ).encoded
    guard envelope.count <= maximumSize else { throw .tooLarge }
    return envelope
  }

  /// Opens an envelope, in BER or DER.
  ///
  /// Every failure of the decryption is ``RecipientEnvelopeError/decryption``, and all of them take the same steps: an
  /// encrypted key that does not open is replaced by a random one, and the padding is checked in constant time. The
  /// recipient's identifier is not looked at.
  public static func open(
    _ envelope: [UInt8], with key: RecipientPrivateKey
  ) throws(RecipientEnvelopeError) -> SecretBytes {
    let data = try EnvelopedData(decoding: envelope)
    return try plaintext(of: data, under: key.contentKey(in: data.encryptedKey))
  }

  /// The content, decrypted; nothing opens without a content key, although that shows in the last step only.
  static func plaintext(
    of data: EnvelopedData, under contentKey: SymmetricKey?
  ) throws(RecipientEnvelopeError) -> SecretBytes {
    guard let vector = try? AES._CBC.IV(ivBytes: data.initializationVector),
      var content = try? AES._CBC.decrypt(
        data.encryptedContent, using: contentKey ?? SymmetricKey(size: .bits256), iv: vector)
    else { throw .decryption }
    defer { content.withUnsafeMutableBytes { SecretBytes.wipe($0) } }
    guard contentKey != nil else { throw .decryption }
    return content.withUnsafeBytes { SecretBytes(copying: $0) }
  }
}

extension RecipientPublicKey {
  /// The SHA-256 digest of the whole SubjectPublicKeyInfo: RFC 7093 section 2, method 4. KMS's are as long; how it
  /// makes them is not known.
  var subjectKeyIdentifier: [UInt8] { [UInt8](SHA256.hash(data: subjectPublicKeyInfo)) }
}
