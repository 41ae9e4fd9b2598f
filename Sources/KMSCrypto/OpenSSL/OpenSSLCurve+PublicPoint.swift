// The public point of a private scalar that comes from elsewhere.

import COpenSSL
import SecureMemory

extension OpenSSLCurve {
  /// Writes the uncompressed public point of `scalar`.
  /// - Throws: ``CryptoError/malformed`` unless the scalar is in the range of private keys: 1…n−1, for SM2 1…n−2.
  func publicPoint(of scalar: SecretBytes, to output: UnsafeMutableRawBufferPointer) throws(CryptoError) {
    try withGroup { (group) throws(CryptoError) in
      guard isInRange(scalar, order: try order(of: group)) else { throw .malformed }
      let point = try OpenSSL.require(EC_POINT_new(group), "EC_POINT_new")
      defer { EC_POINT_free(point) }
      // Multiplying one point, OpenSSL takes the number for a private key: its time does not depend on the value.
      try Self.withNumber(scalar) { (scalar) throws(CryptoError) in
        try OpenSSL.check(EC_POINT_mul(group, point, scalar, nil, nil, nil), "EC_POINT_mul")
      }
      let written = EC_POINT_point2oct(
        group, point, POINT_CONVERSION_UNCOMPRESSED, output.baseAddress?.assumingMemoryBound(to: UInt8.self),
        output.count, nil)
      guard written == output.count else { throw OpenSSL.failure("EC_POINT_point2oct") }
    }
  }

  /// Lends the curve's group.
  func withGroup<Result>(_ body: (OpaquePointer) throws(CryptoError) -> Result) throws(CryptoError) -> Result {
    let group = try OpenSSL.require(EC_GROUP_new_by_curve_name(identifier), "EC_GROUP_new_by_curve_name")
    defer { EC_GROUP_free(group) }
    return try body(group)
  }

  /// Lends a secret number, given big-endian, and wipes it afterwards.
  static func withNumber(
    _ bytes: SecretBytes, _ body: (OpaquePointer) throws(CryptoError) -> Void
  ) throws(CryptoError) {
    let made = bytes.withUnsafeBytes { bytes in
      BN_bin2bn(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(truncatingIfNeeded: bytes.count), nil)
    }
    let number = try OpenSSL.require(made, "BN_bin2bn")
    defer { BN_clear_free(number) }
    BN_set_flags(number, BN_FLG_CONSTTIME)
    try body(number)
  }

  private func order(of group: OpaquePointer) throws(CryptoError) -> [UInt8] {
    var order = [UInt8](repeating: 0, count: encoding.scalarByteCount)
    let size = Int32(truncatingIfNeeded: order.count)
    guard BN_bn2binpad(EC_GROUP_get0_order(group), &order, size) == size else {
      throw OpenSSL.failure("BN_bn2binpad")
    }
    return order
  }

  /// Whether 1 ≤ scalar ≤ n−1, for SM2 n−2, in time that does not depend on the scalar.
  private func isInRange(_ scalar: SecretBytes, order: [UInt8]) -> Bool {
    guard scalar.count == order.count else { return false }
    // scalar − n + 1 for SM2, scalar − n for the others: negative, thus with a borrow, where the scalar is in range.
    var borrow: Int32 = keyType == "SM2" ? -1 : 0
    var allBits: UInt8 = 0
    scalar.withUnsafeBytes { scalar in
      for index in scalar.indices.reversed() {
        let difference = Int32(scalar[index]) - Int32(order[index]) - borrow
        borrow = -(difference >> 8)
        allBits |= scalar[index]
      }
    }
    return borrow == 1 && allBits != 0
  }
}
