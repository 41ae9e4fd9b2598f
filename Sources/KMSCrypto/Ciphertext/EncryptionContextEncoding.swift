// One byte string for each encryption context, and one context for each byte string. docs/ciphertext-format.md §2.

/// An encryption context as the bytes that a ciphertext is authenticated with.
///
/// The number of pairs, then the pairs sorted by the UTF-8 bytes of their keys; every key and value behind its length.
/// All numbers are 32 bits, big-endian. The order in which a context was written therefore does not matter, and no two
/// contexts share an encoding. An empty context is the same as none.
public struct EncryptionContextEncoding: Hashable, Sendable {
  /// The encoding.
  public let bytes: [UInt8]

  /// Encodes `context`.
  public init(_ context: [String: String]?) {
    guard let context, !context.isEmpty else {
      bytes = Self.empty
      return
    }
    let pairs = context.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(pairs.reduce(4) { $0 + 8 + $1.key.utf8.count + $1.value.utf8.count })
    Self.append(pairs.count, to: &bytes)
    for (key, value) in pairs {
      Self.append(key.utf8.count, to: &bytes)
      bytes += key.utf8
      Self.append(value.utf8.count, to: &bytes)
      bytes += value.utf8
    }
    self.bytes = bytes
  }

  private static let empty: [UInt8] = [0, 0, 0, 0]

  /// A length that does not fit would be cut short, but then the encoding is longer than AES-GCM here takes as
  /// associated data (2³¹ − 1 bytes), and sealing refuses it.
  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).bigEndian) { bytes += $0 }
  }
}
