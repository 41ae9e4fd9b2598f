// What makes a key type of swift-crypto a possible private half of a data key pair.

public import SecureMemory

/// A private key type that the private half of a data key pair can become.
///
/// `P256`, `P384` and `P521` (`Signing` and `KeyAgreement`), `Curve25519.Signing`, `_RSA.Signing` and
/// `_RSA.Encryption` conform. swift-crypto has no secp256k1 and no SM2: such a private key stays PKCS#8 DER in
/// `SecretBytes`, for a library that has the curve.
public protocol DataKeyPrivateKey {
  /// Reads a private key from PKCS#8 DER (RFC 5958), as `Decrypt` gives it back.
  ///
  /// For elliptic curve keys no copy of the secret is made outside memory that is wiped when freed.
  /// - Throws: ``DataKeyError/otherKeyType`` or ``DataKeyError/malformedKey``.
  init(pkcs8: SecretBytes) throws(DataKeyError)
}
