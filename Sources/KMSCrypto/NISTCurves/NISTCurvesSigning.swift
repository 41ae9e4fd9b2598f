// ECDSA (FIPS 186-5 §6) on P-256 and P-384 by swift-crypto, which is faster there than OpenSSL.

import Crypto
import FoundationEssentials
import SecureMemory

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

/// A private key on one of swift-crypto's curves. Its signatures are DER.
struct SwiftCryptoECDSAKey<Curve: SwiftCryptoCurve>: SigningKey {
  let publicKey: SwiftCryptoECDSAPublicKey<Curve>
  private let key: Curve.PrivateKey

  /// - Throws: ``CryptoError/malformed`` for a scalar out of range.
  init(scalar: SecretBytes) throws(CryptoError) {
    do {
      key = try scalar.withUnsafeBytes { try Curve.open($0) }
    } catch {
      throw .malformed
    }
    publicKey = SwiftCryptoECDSAPublicKey(key: Curve.publicKey(of: key))
  }

  func sign(_ input: SigningInput, _ algorithm: SignatureAlgorithm) throws(CryptoError) -> [UInt8] {
    guard algorithm == Curve.algorithm else { throw .unsupportedOperation }
    let digest = PrecomputedDigest<Curve.Hash>(bytes: try input.digest(by: Curve.digest))
    do {
      return Array(try Curve.sign(digest, by: key))
    } catch {
      throw .libraryFailure(operation: "signature(for:)", code: 0)
    }
  }
}

/// A public key on one of swift-crypto's curves.
struct SwiftCryptoECDSAPublicKey<Curve: SwiftCryptoCurve>: VerificationKey {
  let key: Curve.PublicKey

  func isValid(
    _ signature: [UInt8], of input: SigningInput, _ algorithm: SignatureAlgorithm
  ) throws(CryptoError) -> Bool {
    guard algorithm == Curve.algorithm else { throw .unsupportedOperation }
    return Curve.isValid(signature, of: PrecomputedDigest(bytes: try input.digest(by: Curve.digest)), by: key)
  }
}

/// A digest made elsewhere, in the type that swift-crypto wants it in.
struct PrecomputedDigest<Hash: HashFunction>: Digest {
  static var byteCount: Int { Hash.Digest.byteCount }

  let bytes: SecretBytes

  func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes { try body($0) }
  }

  func makeIterator() -> Array<UInt8>.Iterator { bytes.withUnsafeBytes { Array($0) }.makeIterator() }

  func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }

  var description: String { "digest" }
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
