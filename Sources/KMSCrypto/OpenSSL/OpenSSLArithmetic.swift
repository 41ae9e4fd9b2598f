// Arithmetic with big secret numbers, by OpenSSL.

import COpenSSL
import SecureMemory

/// Numbers, and what can be computed with them. All are marked as secret, so that OpenSSL divides and inverts in ways
/// whose time does not depend on their digits.
///
/// They live as long as the call that lends them: OpenSSL's context owns all of them, also those that it makes for
/// itself on the way, and wipes them when it is freed.
struct OpenSSLArithmetic {
  private let context: OpaquePointer

  /// Lends an arithmetic, whose numbers are wiped afterwards.
  static func perform<Result>(
    _ body: (OpenSSLArithmetic) throws(CryptoError) -> Result
  ) throws(CryptoError) -> Result {
    let context = try OpenSSL.require(BN_CTX_new(), "BN_CTX_new")
    defer { BN_CTX_free(context) }
    BN_CTX_start(context)
    defer { BN_CTX_end(context) }
    return try body(OpenSSLArithmetic(context: context))
  }

  /// A number, given big-endian.
  func number(_ bytes: SecretBytes) throws(CryptoError) -> OpaquePointer {
    let number = try makeNumber()
    let read = bytes.withUnsafeBytes { bytes in
      BN_bin2bn(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(truncatingIfNeeded: bytes.count), number)
    }
    return try OpenSSL.require(read, "BN_bin2bn")
  }

  /// 2 to the power of `exponent`.
  func powerOfTwo(_ exponent: Int) throws(CryptoError) -> OpaquePointer {
    let number = try makeNumber()
    try OpenSSL.check(BN_set_bit(number, Int32(truncatingIfNeeded: exponent)), "BN_set_bit")
    return number
  }

  func difference(_ left: OpaquePointer, _ right: OpaquePointer) throws(CryptoError) -> OpaquePointer {
    let number = try makeNumber()
    try OpenSSL.check(BN_sub(number, left, right), "BN_sub")
    return number
  }

  func remainder(_ number: OpaquePointer, _ divisor: OpaquePointer) throws(CryptoError) -> OpaquePointer {
    let remainder = try makeNumber()
    try OpenSSL.check(BN_div(nil, remainder, number, divisor, context), "BN_div")
    return remainder
  }

  func leastCommonMultiple(_ left: OpaquePointer, _ right: OpaquePointer) throws(CryptoError) -> OpaquePointer {
    let (product, divisor, multiple) = (try makeNumber(), try makeNumber(), try makeNumber())
    try OpenSSL.check(BN_mul(product, left, right, context), "BN_mul")
    try OpenSSL.check(BN_gcd(divisor, left, right, context), "BN_gcd")
    try OpenSSL.check(BN_div(multiple, nil, product, divisor, context), "BN_div")
    return multiple
  }

  /// The inverse of `number` modulo `modulus`, which must have one.
  func inverse(_ number: OpaquePointer, modulo modulus: OpaquePointer) throws(CryptoError) -> OpaquePointer {
    let result = try makeNumber()
    _ = try OpenSSL.require(BN_mod_inverse(result, number, modulus, context), "BN_mod_inverse")
    return result
  }

  /// Whether `left` is more than `right`. The time tells up to where they agree.
  func isGreater(_ left: OpaquePointer, _ right: OpaquePointer) -> Bool { BN_cmp(left, right) > 0 }

  /// A number that is not negative, big-endian, without leading zeros.
  func bytes(_ number: OpaquePointer) throws(CryptoError) -> SecretBytes {
    let size = (BN_num_bits(number) + 7) / 8
    return try SecretBytes(count: Int(size)) { (bytes) throws(CryptoError) in
      guard BN_bn2binpad(number, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), size) == size else {
        throw OpenSSL.failure("BN_bn2binpad")
      }
    }
  }

  private func makeNumber() throws(CryptoError) -> OpaquePointer {
    let number = try OpenSSL.require(BN_CTX_get(context), "BN_CTX_get")
    BN_set_flags(number, BN_FLG_CONSTTIME)
    return number
  }
}
