// Polynomials as bytes (FIPS 204 §7.1).

extension MLDSAPolynomial {
  /// t₁·2ᵈ of a row: ten bits a coefficient, after the seed (FIPS 204 Algorithm 23).
  init(publicKeyRow row: Int, of publicKey: [UInt8]) {
    let byteCount = 10 * Self.degree / 8
    self.init(packed: publicKey.dropFirst(32 + row * byteCount).prefix(byteCount), bits: 10)
    for index in coefficients.indices { coefficients[index] <<= 13 }
  }

  /// Coefficients of `bits` bits, the lowest first. Bytes that are missing count as zero.
  init(packed bytes: ArraySlice<UInt8>, bits: Int) {
    var coefficients: [Int32] = []
    coefficients.reserveCapacity(Self.degree)
    var pending: UInt64 = 0
    var pendingBits = 0
    var bytes = bytes
    for _ in 0..<Self.degree {
      while pendingBits < bits {
        pending |= UInt64(bytes.popFirst() ?? 0) << UInt64(pendingBits)
        pendingBits += 8
      }
      coefficients.append(Int32(truncatingIfNeeded: pending & (1 << UInt64(bits) - 1)))
      pending >>= UInt64(bits)
      pendingBits -= bits
    }
    self.init(coefficients: coefficients)
  }

  /// The reverse: coefficients must fit in `bits` bits.
  func packed(bits: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var pending: UInt64 = 0
    var pendingBits = 0
    for coefficient in coefficients {
      pending |= UInt64(UInt32(bitPattern: coefficient)) << UInt64(pendingBits)
      pendingBits += bits
      while pendingBits >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: pending))
        pending >>= 8
        pendingBits -= 8
      }
    }
    return bytes
  }
}
