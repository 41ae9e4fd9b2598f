// HMAC-SHA-256 (RFC 2104) whose keyed states are made once and used for many messages.

internal import Crypto
internal import SecureMemory

/// A keyed HMAC-SHA-256, ready for messages.
///
/// Built on swift-crypto's SHA-256 rather than its `HMAC`, which pads the key anew for every message and leaves the
/// padded copies in freed memory. Here the pads are wiped at once, and the states wipe themselves when they are freed.
struct HMACSHA256: Sendable {
  private let inner: SHA256
  private let outer: SHA256

  /// Sets the key, of any length.
  init(key: UnsafeRawBufferPointer) {
    var pad = [UInt8](repeating: 0, count: SHA256.blockByteCount)
    defer { SecretBytes.wipe(&pad) }
    pad.withUnsafeMutableBytes { pad in
      if key.count <= pad.count {
        pad.copyBytes(from: key)
      } else {
        var hasher = SHA256()
        hasher.update(bufferPointer: key)
        hasher.finalize().withUnsafeBytes { pad.copyBytes(from: $0) }
      }
    }
    inner = Self.state(of: &pad, flipping: 0x36)
    outer = Self.state(of: &pad, flipping: 0x36 ^ 0x5C)  // undoes the first flip
  }

  /// The authentication code of `message`.
  func code(for message: UnsafeRawBufferPointer) -> SHA256.Digest {
    var inner = inner
    inner.update(bufferPointer: message)
    var outer = outer
    inner.finalize().withUnsafeBytes { outer.update(bufferPointer: $0) }
    return outer.finalize()
  }

  private static func state(of pad: inout [UInt8], flipping mask: UInt8) -> SHA256 {
    for index in pad.indices { pad[index] ^= mask }
    var hasher = SHA256()
    pad.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    return hasher
  }
}
