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
    // OpenSSL reads BER, takes any INTEGER for a positive one, and passes over what follows: the same plaintext would
    // have many ciphertexts.
    guard Self.isDER(ciphertext) else { throw .authenticationFailure }
    return try key.decrypt(ciphertext, maximumCount: ciphertext.count) { _ in }
  }

  func unwrap(_ wrapped: [UInt8], _ algorithm: ImportWrappingAlgorithm) throws(CryptoError) -> SecretBytes {
    guard algorithm == .sm2PKE else { throw .unsupportedOperation }
    return try decrypt(wrapped, .sm2PKE)
  }

  /// Whether this is the two coordinates of a point, a hash and the encrypted bytes in DER (GM/T 0009 §7.2).
  private static func isDER(_ ciphertext: [UInt8]) -> Bool {
    ciphertext.withUnsafeBytes { bytes in
      do throws(CryptoError) {
        var outer = BERReader(bytes)
        var reader = BERReader(try outer.read(.sequence))
        let coordinates = [Array(try reader.read(.integer)), Array(try reader.read(.integer))]
        let hash = Array(try reader.read(.octetString))
        let encrypted = Array(try reader.read(.octetString))
        guard reader.isAtEnd, coordinates.allSatisfy(isCoordinate), hash.count == DigestAlgorithm.sm3.byteCount else {
          return false
        }
        let encoded =
          coordinates.flatMap(DERTag.integer.encode) + DERTag.octetString.encode(hash)
          + DERTag.octetString.encode(encrypted)
        return bytes.elementsEqual(DERTag.sequence.encode(encoded))
      } catch {
        return false
      }
    }
  }

  /// Whether this is the content of an INTEGER in DER, positive and no longer than a coordinate of the curve.
  private static func isCoordinate(_ integer: [UInt8]) -> Bool {
    guard let first = integer.first, first & 0x80 == 0 else { return false }
    guard first == 0 else { return integer.count <= FixedLengthKeyEncoding.sm2.scalarByteCount }
    // A zero in front is there only to keep the number positive.
    let digits = integer.dropFirst()
    guard let next = digits.first, next & 0x80 != 0 else { return false }
    return digits.count <= FixedLengthKeyEncoding.sm2.scalarByteCount
  }
}
