// Digests for swift-crypto that something else computed.

import Crypto
import SecureMemory

/// A digest made elsewhere, in the type that swift-crypto wants it in.
struct PrecomputedDigest<Hash: HashFunction>: Digest {
  static var byteCount: Int { Hash.Digest.byteCount }

  let bytes: SecretBytes

  func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
    try bytes.withUnsafeBytes { try body($0) }
  }

  func makeIterator() -> Array<UInt8>.Iterator { bytes.withUnsafeBytes { Array($0) }.makeIterator() }

  func hash(into hasher: inout Hasher) { bytes.withUnsafeBytes { hasher.combine(bytes: $0) } }

  var description: String { "digest" }
}
