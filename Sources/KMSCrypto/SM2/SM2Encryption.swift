// SM2 encryption (GB/T 32918.4) with ciphertexts in DER, by OpenSSL.

import SecureMemory

extension SM2Key: DecryptionKey {
  func encrypt(_ plaintext: SecretBytes, _ algorithm: PublicKeyEncryptionAlgorithm) throws(CryptoError) -> [UInt8] {
    // GB/T 32918.4 §6.1 has no ciphertext for an empty plaintext.
    guard algorithm == .sm2PKE, plaintext.count > 0 else { throw .unsupportedOperation }
    return try key.encrypt(plaintext) { _ in }
  }

  func decrypt(
    _ ciphertext: [UInt8], _ algorithm: PublicKeyEncryptionAlgorithm
  ) throws(CryptoError) -> SecretBytes {
    guard algorithm == .sm2PKE else { throw .unsupportedOperation }
    // OpenSSL reads BER, and passes over what follows: the same plaintext would have many ciphertexts.
    guard Self.isDER(ciphertext) else { throw .authenticationFailure }
    return try key.decrypt(ciphertext, maximumCount: ciphertext.count) { _ in }
  }

  func unwrap(_ wrapped: [UInt8], _ algorithm: ImportWrappingAlgorithm) throws(CryptoError) -> SecretBytes {
    guard algorithm == .sm2PKE else { throw .unsupportedOperation }
    return try decrypt(wrapped, .sm2PKE)
  }

  /// Whether this is two numbers, a hash and the encrypted bytes in DER.
  private static func isDER(_ ciphertext: [UInt8]) -> Bool {
    ciphertext.withUnsafeBytes { bytes in
      do throws(CryptoError) {
        var outer = BERReader(bytes)
        var reader = BERReader(try outer.read(.sequence))
        let encoded =
          DERTag.integer.encode(Array(try reader.read(.integer)))
          + DERTag.integer.encode(Array(try reader.read(.integer)))
          + DERTag.octetString.encode(Array(try reader.read(.octetString)))
          + DERTag.octetString.encode(Array(try reader.read(.octetString)))
        return reader.isAtEnd && bytes.elementsEqual(DERTag.sequence.encode(encoded))
      } catch {
        return false
      }
    }
  }
}
