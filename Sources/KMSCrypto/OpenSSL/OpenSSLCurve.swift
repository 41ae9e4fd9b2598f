// Elliptic curves by OpenSSL: key pairs, public points, open keys.

import COpenSSL
import SecureMemory

/// A curve under the names by which OpenSSL knows it.
struct OpenSSLCurve: Sendable {
  let encoding: FixedLengthKeyEncoding
  /// The key type: `EC`, or `SM2`, whose private scalars stop one short of the others' range (GB/T 32918.1 §6.1).
  let keyType: String
  /// The curve's name.
  let group: String
  /// The curve's number.
  let identifier: Int32

  static let nistP256 = OpenSSLCurve(
    encoding: .nistP256, keyType: "EC", group: "P-256", identifier: NID_X9_62_prime256v1)
  static let nistP384 = OpenSSLCurve(encoding: .nistP384, keyType: "EC", group: "P-384", identifier: NID_secp384r1)
  static let nistP521 = OpenSSLCurve(encoding: .nistP521, keyType: "EC", group: "P-521", identifier: NID_secp521r1)
  static let secp256k1 = OpenSSLCurve(
    encoding: .secp256k1, keyType: "EC", group: "secp256k1", identifier: NID_secp256k1)
  static let sm2 = OpenSSLCurve(encoding: .sm2, keyType: "SM2", group: "SM2", identifier: NID_sm2)

  /// Opens a key pair.
  func open(scalar: SecretBytes, point: [UInt8]) throws(CryptoError) -> OpenSSLKey {
    let parameters = OpenSSLParameters()
    parameters.append(OSSL_PKEY_PARAM_GROUP_NAME, text: group)
    point.withUnsafeBytes { parameters.append(OSSL_PKEY_PARAM_PUB_KEY, octets: $0) }
    scalar.withUnsafeBytes { parameters.append(OSSL_PKEY_PARAM_PRIV_KEY, number: $0) }
    return try OpenSSLKey(type: keyType, .keyPair, parameters)
  }

  /// Opens a public key; OpenSSL refuses a point that is not on the curve.
  func open(point: [UInt8]) throws(CryptoError) -> OpenSSLKey {
    let parameters = OpenSSLParameters()
    parameters.append(OSSL_PKEY_PARAM_GROUP_NAME, text: group)
    point.withUnsafeBytes { parameters.append(OSSL_PKEY_PARAM_PUB_KEY, octets: $0) }
    return try OpenSSLKey(type: keyType, .publicKey, parameters)
  }

  /// Makes a key pair; writes the private scalar (big-endian, filling `scalar`) and the uncompressed public point.
  ///
  /// The scalar goes from the key object to `scalar` without a copy in between; the key object wipes its own.
  func generate(scalar: UnsafeMutableRawBufferPointer, point: UnsafeMutableRawBufferPointer) throws(CryptoError) {
    let key = try makeKey()
    defer { EVP_PKEY_free(key) }

    var written = 0
    try OpenSSL.check(
      EVP_PKEY_get_octet_string_param(
        key, OSSL_PKEY_PARAM_PUB_KEY, point.baseAddress?.assumingMemoryBound(to: UInt8.self), point.count, &written),
      "EVP_PKEY_get_octet_string_param")
    guard written == point.count else { throw OpenSSL.failure("public point length") }

    // A number parameter is padded to the size of the buffer that asks for it, in the machine's byte order.
    let (status, size) = OSSL_PKEY_PARAM_PRIV_KEY.withCString { name in
      var parameters = [
        OSSL_PARAM_construct_BN(name, scalar.baseAddress?.assumingMemoryBound(to: UInt8.self), scalar.count),
        OSSL_PARAM_construct_end(),
      ]
      return (EVP_PKEY_get_params(key, &parameters), parameters[0].return_size)
    }
    try OpenSSL.check(status, "EVP_PKEY_get_params")
    guard size == scalar.count else { throw OpenSSL.failure("private scalar length") }
    #if _endian(little)
      var bigEndian = scalar
      bigEndian.reverse()
    #endif
  }

  private func makeKey() throws(CryptoError) -> OpaquePointer {
    let context = try OpenSSL.require(EVP_PKEY_CTX_new_from_name(nil, keyType, nil), "EVP_PKEY_CTX_new_from_name")
    defer { EVP_PKEY_CTX_free(context) }
    try OpenSSL.check(EVP_PKEY_keygen_init(context), "EVP_PKEY_keygen_init")
    try OpenSSL.check(EVP_PKEY_CTX_set_group_name(context, group), "EVP_PKEY_CTX_set_group_name")
    var key: OpaquePointer?
    try OpenSSL.check(EVP_PKEY_generate(context, &key), "EVP_PKEY_generate")
    return try OpenSSL.require(key, "EVP_PKEY_generate")
  }
}
