// Key derivation: NIST SP 800-108r1 §4.1, counter mode, with HMAC-SHA-256.

public import SecureMemory

/// Derives 256-bit keys from one key: SP 800-108 in counter mode, with HMAC-SHA-256 as its PRF.
///
/// K(1) = HMAC(key, [1]₃₂ ‖ label ‖ 00 ‖ context ‖ [256]₃₂): 256 bits are exactly one block, so the counter stays 1.
public struct CounterModeKDF: Sendable {
  private let prf: HMACKeyMaterial

  /// Derives from `key`.
  /// - Throws: ``CryptoError/invalidKeyLength`` for an empty key.
  public init(key: SecretBytes) throws(CryptoError) {
    prf = try HMACKeyMaterial(key, .hmacSHA256)
  }

  /// The key for one purpose.
  /// - Parameters:
  ///   - label: the purpose; text, so that no zero byte ends it early.
  ///   - context: what sets this use apart from others with the same label.
  public func derive(label: StaticString, context: UnsafeRawBufferPointer) throws(CryptoError) -> SecretBytes {
    var input: [UInt8] = []
    input.reserveCapacity(4 + label.utf8CodeUnitCount + 1 + context.count + 4)
    input += [0, 0, 0, 1]
    label.withUTF8Buffer { input += $0 }
    input.append(0)
    input += context
    input += [0, 0, 1, 0]  // 256 bits
    return try SecretBytes(count: prf.algorithm.byteCount) { (key) throws(CryptoError) in
      try input.withUnsafeBufferPointer { (input) throws(CryptoError) in
        try prf.authenticate(UnsafeRawBufferPointer(input), into: key)
      }
    }
  }

  /// The key for one purpose, with a context in an array.
  public func derive(label: StaticString, context: [UInt8] = []) throws(CryptoError) -> SecretBytes {
    try context.withUnsafeBufferPointer { (context) throws(CryptoError) in
      try derive(label: label, context: UnsafeRawBufferPointer(context))
    }
  }
}
