// A public key that swift-crypto reads from DER: it verifies for the tests.

import Crypto
import CryptoExtras
import Foundation
import KMSCrypto
import Testing

/// One public key of a kind that swift-crypto makes for us.
enum SwiftCryptoVerifier {
  case rsa(_RSA.Signing.PublicKey)
  case p256(P256.Signing.PublicKey)
  case p384(P384.Signing.PublicKey)
  case ed25519(Curve25519.Signing.PublicKey)

  init(spki: [UInt8], algorithm: KeyPairAlgorithm) throws {
    switch algorithm {
    case .rsa2048, .rsa3072, .rsa4096: self = .rsa(try .init(derRepresentation: spki))
    case .nistP256: self = .p256(try .init(derRepresentation: spki))
    case .nistP384: self = .p384(try .init(derRepresentation: spki))
    case .edwards25519: self = .ed25519(try .init(rawRepresentation: spki.suffix(32)))
    case .nistP521, .secp256k1, .sm2, .mlDSA44, .mlDSA65, .mlDSA87: throw KMSCrypto.CryptoError.malformed
    }
  }

  /// Whether `signature` is one over `message`. `digest` and `padding` are RSA's; the curves have each their own.
  func verifies(
    _ signature: [UInt8], _ message: [UInt8], digest: String?, padding: _RSA.Signing.Padding
  ) throws -> Bool {
    switch self {
    case .rsa(let key):
      let signature = _RSA.Signing.RSASignature(rawRepresentation: signature)
      switch digest {
      case "SHA256": return key.isValidSignature(signature, for: SHA256.hash(data: message), padding: padding)
      case "SHA384": return key.isValidSignature(signature, for: SHA384.hash(data: message), padding: padding)
      case "SHA512": return key.isValidSignature(signature, for: SHA512.hash(data: message), padding: padding)
      default:
        Issue.record("no such digest: \(digest ?? "none")")
        return false
      }
    case .p256(let key):
      guard let signature = try? P256.Signing.ECDSASignature(derRepresentation: signature) else { return false }
      return key.isValidSignature(signature, for: message)
    case .p384(let key):
      guard let signature = try? P384.Signing.ECDSASignature(derRepresentation: signature) else { return false }
      return key.isValidSignature(signature, for: message)
    case .ed25519(let key):
      return key.isValidSignature(signature, for: message)
    }
  }
}
