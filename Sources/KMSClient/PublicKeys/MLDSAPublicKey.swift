// ML-DSA public keys: out of their DER, and to work where the platform has them.

internal import Crypto
internal import KMSModel

/// Verifying with ML-DSA (FIPS 204), with an empty context as KMS signs.
enum MLDSAPublicKey {
  /// FIPS 204's encoding of the key in SubjectPublicKeyInfo DER (RFC 9881, 4).
  static func encoded(
    _ der: [UInt8], _ algorithm: KeyAlgorithm, byteCount: Int
  ) throws(DataKeyError) -> [UInt8] {
    try SubjectPublicKeyInfo.open(der, as: algorithm) { der in
      // SEQUENCE { SEQUENCE { OBJECT IDENTIFIER }, BIT STRING with no unused bits }: all lengths are fixed.
      let key = der.suffix(byteCount)
      let bitStringHead: [UInt8] = [0x03, 0x82, UInt8((byteCount + 1) >> 8), UInt8((byteCount + 1) & 0xFF), 0x00]
      guard der.count == frameByteCount + byteCount, der.dropLast(byteCount).suffix(5).elementsEqual(bitStringHead)
      else { throw DERError() }
      return Array(key)
    }
  }

  /// Bytes before the key: heads of SEQUENCE and SEQUENCE, the OBJECT IDENTIFIER, the BIT STRING's head.
  private static let frameByteCount = 4 + 2 + 11 + 5

  static func isValid65(
    _ signature: [UInt8], of message: UnsafeRawBufferPointer, _ key: [UInt8]
  ) throws(PublicKeyError) -> Bool {
    guard #available(macOS 26.0, iOS 26.0, tvOS 26.0, watchOS 26.0, visionOS 26.0, *) else {
      throw .unsupportedAlgorithm(SigningAlgorithm.mlDSASHAKE256.rawValue)
    }
    guard let key = try? MLDSA65.PublicKey(rawRepresentation: key) else { throw .libraryFailure }
    return key.isValidSignature(signature, for: message)
  }

  static func isValid87(
    _ signature: [UInt8], of message: UnsafeRawBufferPointer, _ key: [UInt8]
  ) throws(PublicKeyError) -> Bool {
    guard #available(macOS 26.0, iOS 26.0, tvOS 26.0, watchOS 26.0, visionOS 26.0, *) else {
      throw .unsupportedAlgorithm(SigningAlgorithm.mlDSASHAKE256.rawValue)
    }
    guard let key = try? MLDSA87.PublicKey(rawRepresentation: key) else { throw .libraryFailure }
    return key.isValidSignature(signature, for: message)
  }
}
