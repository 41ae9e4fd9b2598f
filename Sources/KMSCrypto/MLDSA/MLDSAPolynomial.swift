// Polynomials of ML-DSA: ℤ_q[X]/(X²⁵⁶+1), and their number-theoretic transform (FIPS 204 §2.3, §7.5).

/// A polynomial, or its transform: 256 coefficients from 0 to q−1.
///
/// Only for verifying, which has no secrets: nothing here takes the same time for all values.
struct MLDSAPolynomial: Equatable {
  /// The modulus, 2²³ − 2¹³ + 1.
  static let q: Int32 = 8_380_417
  static let degree = 256

  var coefficients = [Int32](repeating: 0, count: degree)

  /// FIPS 204 Algorithm 41.
  mutating func transform() {
    coefficients.withUnsafeMutableBufferPointer { w in
      var m = 0
      var length = 128
      while length >= 1 {
        for start in stride(from: 0, to: Self.degree, by: 2 * length) {
          m += 1
          let zeta = Self.zetas[m]
          for j in start..<start + length {
            let t = Self.multiply(zeta, w[j + length])
            w[j + length] = Self.subtract(w[j], t)
            w[j] = Self.add(w[j], t)
          }
        }
        length /= 2
      }
    }
  }

  /// FIPS 204 Algorithm 42.
  mutating func transformBack() {
    coefficients.withUnsafeMutableBufferPointer { w in
      var m = Self.degree
      var length = 1
      while length < Self.degree {
        for start in stride(from: 0, to: Self.degree, by: 2 * length) {
          m -= 1
          let zeta = Self.q - Self.zetas[m]
          for j in start..<start + length {
            let t = w[j]
            w[j] = Self.add(t, w[j + length])
            w[j + length] = Self.multiply(zeta, Self.subtract(t, w[j + length]))
          }
        }
        length *= 2
      }
      let inverseOfDegree: Int32 = 8_347_681  // 256⁻¹ mod q
      for j in w.indices { w[j] = Self.multiply(inverseOfDegree, w[j]) }
    }
  }

  /// Adds the product of two transforms.
  mutating func addProduct(_ left: MLDSAPolynomial, _ right: MLDSAPolynomial) {
    for j in coefficients.indices {
      coefficients[j] = Self.add(coefficients[j], Self.multiply(left.coefficients[j], right.coefficients[j]))
    }
  }

  /// Subtracts the product of two transforms.
  mutating func subtractProduct(_ left: MLDSAPolynomial, _ right: MLDSAPolynomial) {
    for j in coefficients.indices {
      coefficients[j] = Self.subtract(coefficients[j], Self.multiply(left.coefficients[j], right.coefficients[j]))
    }
  }

  /// ζ = 1753 to the power of each index's bits in reverse (Appendix B).
  private static let zetas: [Int32] = (0..<degree).map { index in
    var exponent = Int(UInt8(truncatingIfNeeded: index).reversedBits)
    var power: Int32 = 1
    while exponent > 0 {
      power = multiply(power, 1753)
      exponent -= 1
    }
    return power
  }

  private static func add(_ a: Int32, _ b: Int32) -> Int32 {
    let sum = a + b
    return sum >= q ? sum - q : sum
  }

  private static func subtract(_ a: Int32, _ b: Int32) -> Int32 {
    let difference = a - b
    return difference < 0 ? difference + q : difference
  }

  private static func multiply(_ a: Int32, _ b: Int32) -> Int32 {
    Int32(truncatingIfNeeded: Int64(a) * Int64(b) % Int64(q))
  }
}

extension UInt8 {
  fileprivate var reversedBits: UInt8 {
    (0..<8).reduce(0) { reversed, bit in reversed << 1 | (self >> bit) & 1 }
  }
}
