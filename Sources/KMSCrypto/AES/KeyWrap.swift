// How key material lies in a store: encrypted, and bound to the row it belongs to. docs/ciphertext-format.md §4.

public import SecureMemory

/// Wraps key material with AES-256-GCM under a 32-byte wrapping key.
///
/// The form is a version byte, a random 96-bit nonce, the ciphertext and a 128-bit tag. Nonces being random, one
/// wrapping key should not wrap more than 2³² times (NIST SP 800-38D §8.3).
public struct KeyWrap: Sendable {
  /// How much longer the wrapped form is than the material.
  public static let overhead = 1 + AESGCM.nonceByteCount + AESGCM.tagByteCount

  private static let version: UInt8 = 1
  private let wrappingKey: SecretBytes

  /// Wraps under `wrappingKey`.
  /// - Throws: ``CryptoError/invalidKeyLength`` unless it has 32 bytes.
  public init(wrappingKey: SecretBytes) throws(CryptoError) {
    guard wrappingKey.count == AESGCM.keyByteCount else { throw .invalidKeyLength }
    self.wrappingKey = wrappingKey
  }

  /// Wraps `material`; it unwraps only with the same `associatedData` (owner, key id, material id, say).
  public func wrap(_ material: SecretBytes, associatedData: [UInt8]) throws(CryptoError) -> [UInt8] {
    try wrap(material, associatedData: associatedData) { RandomBytes.fill($0) }
  }

  /// Wraps with the nonce that `makeNonce` writes.
  func wrap(
    _ material: SecretBytes, associatedData: [UInt8], makeNonce: (UnsafeMutableRawBufferPointer) -> Void
  ) throws(CryptoError) -> [UInt8] {
    var wrapped = [UInt8](repeating: 0, count: Self.overhead + material.count)
    try wrapped.withUnsafeMutableBufferPointer { (bytes) throws(CryptoError) in
      let wrapped = UnsafeMutableRawBufferPointer(bytes)
      wrapped[0] = Self.version
      makeNonce(UnsafeMutableRawBufferPointer(rebasing: wrapped[Self.nonceRange]))
      let output = UnsafeMutableRawBufferPointer(rebasing: wrapped[Self.nonceRange.upperBound...])
      try material.withUnsafeBytes { (material) throws(CryptoError) in
        try withBinding(of: UnsafeRawBufferPointer(wrapped), associatedData) { (binding) throws(CryptoError) in
          try AESGCM.seal(material, key: wrappingKey, binding, into: output)
        }
      }
    }
    return wrapped
  }

  /// The material that ``wrap(_:associatedData:)`` wrapped.
  /// - Throws: ``CryptoError/authenticationFailure`` for anything but its result, this wrapping key and that `associatedData`.
  public func unwrap(_ wrapped: [UInt8], associatedData: [UInt8]) throws(CryptoError) -> SecretBytes {
    guard wrapped.count >= Self.overhead, wrapped[0] == Self.version else { throw .authenticationFailure }
    return try wrapped.withUnsafeBufferPointer { (bytes) throws(CryptoError) in
      let wrapped = UnsafeRawBufferPointer(bytes)
      let sealed = UnsafeRawBufferPointer(rebasing: wrapped[Self.nonceRange.upperBound...])
      return try SecretBytes(count: wrapped.count - Self.overhead) { (material) throws(CryptoError) in
        try withBinding(of: wrapped, associatedData) { (binding) throws(CryptoError) in
          try AESGCM.open(sealed, key: wrappingKey, binding, into: material)
        }
      }
    }
  }

  private static let nonceRange = 1..<(1 + AESGCM.nonceByteCount)

  private func withBinding<Result>(
    of wrapped: UnsafeRawBufferPointer, _ associatedData: [UInt8],
    _ body: (AESGCM.Binding) throws(CryptoError) -> Result
  ) throws(CryptoError) -> Result {
    try associatedData.withUnsafeBufferPointer { (associatedData) throws(CryptoError) in
      try body(
        AESGCM.Binding(
          nonce: UnsafeRawBufferPointer(rebasing: wrapped[Self.nonceRange]),
          header: UnsafeRawBufferPointer(rebasing: wrapped.prefix(1)),
          associatedData: UnsafeRawBufferPointer(associatedData)))
    }
  }
}
