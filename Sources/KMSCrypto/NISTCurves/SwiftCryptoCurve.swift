// P-256 and P-384 in swift-crypto, which gives every curve types of its own.

import Crypto
import FoundationEssentials

/// What ECDSA needs of one of swift-crypto's curves.
protocol SwiftCryptoCurve {
  associatedtype PrivateKey: Sendable
  associatedtype PublicKey: Sendable
  associatedtype Hash: HashFunction

  static var algorithm: SignatureAlgorithm { get }
  static var digest: DigestAlgorithm { get }

  static func open(_ scalar: UnsafeRawBufferPointer) throws -> PrivateKey
  static func publicKey(of key: PrivateKey) -> PublicKey
  static func sign(_ digest: PrecomputedDigest<Hash>, by key: PrivateKey) throws -> Data
  static func isValid(_ signature: [UInt8], of digest: PrecomputedDigest<Hash>, by key: PublicKey) -> Bool
}

extension P256: SwiftCryptoCurve {
  typealias PrivateKey = Signing.PrivateKey
  typealias PublicKey = Signing.PublicKey
  typealias Hash = SHA256

  static var algorithm: SignatureAlgorithm { .ecdsaSHA256 }
  static var digest: DigestAlgorithm { .sha256 }

  static func open(_ scalar: UnsafeRawBufferPointer) throws -> PrivateKey { try PrivateKey(rawRepresentation: scalar) }

  static func publicKey(of key: PrivateKey) -> PublicKey { key.publicKey }

  static func sign(_ digest: PrecomputedDigest<SHA256>, by key: PrivateKey) throws -> Data {
    try key.signature(for: digest).derRepresentation
  }

  static func isValid(_ signature: [UInt8], of digest: PrecomputedDigest<SHA256>, by key: PublicKey) -> Bool {
    guard let signature = try? Signing.ECDSASignature(derRepresentation: signature) else { return false }
    return key.isValidSignature(signature, for: digest)
  }
}

extension P384: SwiftCryptoCurve {
  typealias PrivateKey = Signing.PrivateKey
  typealias PublicKey = Signing.PublicKey
  typealias Hash = SHA384

  static var algorithm: SignatureAlgorithm { .ecdsaSHA384 }
  static var digest: DigestAlgorithm { .sha384 }

  static func open(_ scalar: UnsafeRawBufferPointer) throws -> PrivateKey { try PrivateKey(rawRepresentation: scalar) }

  static func publicKey(of key: PrivateKey) -> PublicKey { key.publicKey }

  static func sign(_ digest: PrecomputedDigest<SHA384>, by key: PrivateKey) throws -> Data {
    try key.signature(for: digest).derRepresentation
  }

  static func isValid(_ signature: [UInt8], of digest: PrecomputedDigest<SHA384>, by key: PublicKey) -> Bool {
    guard let signature = try? Signing.ECDSASignature(derRepresentation: signature) else { return false }
    return key.isValidSignature(signature, for: digest)
  }
}
