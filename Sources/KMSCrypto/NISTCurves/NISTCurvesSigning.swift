// ECDSA (FIPS 186-5 §6) on P-256 and P-384 by swift-crypto, which is faster there than OpenSSL.

import SecureMemory

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
