// The checksum over an encryption, against a value computed elsewhere.

import KMSCrypto
import Testing

@testable import KMSExternalKeyStore

@Suite struct IntegrityValueTests {
  /// Python: `hashlib.sha256(bytes([1, 2, 3]) + bytes([4]) * 12 + bytes([5, 6]) + bytes([7]) * 16)`.
  private static let expected = "863efd380f69fc19e6fc2d9b76b1b3dd4cf98b449498e62c9ad2f9fb55923e1a"

  private static var value: [UInt8] {
    stride(from: 0, to: 64, by: 2).compactMap { UInt8(expected.dropFirst($0).prefix(2), radix: 16) }
  }

  @Test func theOrderOfTheParts() throws {
    #expect(Self.value.count == 32)
    #expect(IntegrityValue(of: try Examples.sealed(), additionalData: Examples.additionalData).matches(Self.value))
  }

  @Test func everythingCounts() throws {
    let sealed = try Examples.sealed()
    #expect(!IntegrityValue(of: sealed, additionalData: [1]).matches(Self.value))
    #expect(!IntegrityValue(of: sealed, additionalData: Examples.additionalData).matches(Array(Self.value.dropLast())))
    var altered = Self.value
    altered[31] ^= 1
    #expect(!IntegrityValue(of: sealed, additionalData: Examples.additionalData).matches(altered))
  }
}
