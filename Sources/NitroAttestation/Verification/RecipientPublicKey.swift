// The RSA key to which an enclave wants its answers encrypted.

internal import CryptoExtras
internal import SwiftASN1

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// An RSA public key that is fit for RSAES-OAEP: a SubjectPublicKeyInfo (RFC 3279 section 2.3.1) with a modulus of
/// at least 2048 bits (the size of its field in a document allows 7888) and an odd exponent from 65537 to 2³² − 1.
public struct RecipientPublicKey: Hashable, Sendable {
  static let modulusSizes = 2048...8192
  static let exponents: ClosedRange<UInt64> = 65_537...0xFFFF_FFFF

  /// The key as DER SubjectPublicKeyInfo, exactly as the document has it.
  public let subjectPublicKeyInfo: [UInt8]
  /// How long the modulus is.
  public let modulusBits: Int

  /// Reads a key. Throws ``AttestationError/unsupportedPublicKey`` for anything else.
  public init(subjectPublicKeyInfo bytes: [UInt8]) throws(AttestationError) {
    guard let numbers = try? Self.numbers(of: bytes),
      let modulusBits = Self.bitWidth(numbers.modulus), Self.modulusSizes.contains(modulusBits),
      let exponent = Self.exponent(numbers.exponent), Self.exponents.contains(exponent),
      // The library that will encrypt has rules of its own: it refuses even numbers.
      (try? _RSA.Encryption.PublicKey(derRepresentation: bytes)) != nil
    else { throw .unsupportedPublicKey }
    subjectPublicKeyInfo = bytes
    self.modulusBits = modulusBits
  }

  private static let rsaEncryption: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 1]

  /// The two numbers, big-endian without leading zeros. Strict DER: neither another algorithm, nor a number below
  /// zero, nor a byte too many.
  private static func numbers(of bytes: [UInt8]) throws -> (modulus: ArraySlice<UInt8>, exponent: ArraySlice<UInt8>) {
    let key = try DER.sequence(try DER.parse(bytes), identifier: .sequence) { nodes in
      guard let algorithm = nodes.next() else { throw AttestationError.unsupportedPublicKey }
      try DER.sequence(algorithm, identifier: .sequence) { members in
        guard try ASN1ObjectIdentifier(derEncoded: &members) == rsaEncryption else {
          throw AttestationError.unsupportedPublicKey
        }
        _ = try ASN1Null(derEncoded: &members)
      }
      return try ASN1BitString(derEncoded: &nodes)
    }
    guard key.paddingBits == 0 else { throw AttestationError.unsupportedPublicKey }
    return try DER.sequence(try DER.parse(key.bytes), identifier: .sequence) { nodes in
      (try ArraySlice<UInt8>(derEncoded: &nodes), try ArraySlice<UInt8>(derEncoded: &nodes))
    }
  }

  /// How many bits the number has; nil for zero.
  private static func bitWidth(_ number: ArraySlice<UInt8>) -> Int? {
    number.first.map { number.count * 8 - $0.leadingZeroBitCount }
  }

  private static func exponent(_ number: ArraySlice<UInt8>) -> UInt64? {
    guard let bits = bitWidth(number), bits <= 32 else { return nil }
    return number.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
