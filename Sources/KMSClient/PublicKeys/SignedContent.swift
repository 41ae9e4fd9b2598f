// What a signature is over: a message, or the digest that the caller made of it.

internal import Crypto

/// A message or its digest: a view of the caller's bytes, which must not outlive the call that lent them.
enum SignedContent {
  case message(UnsafeRawBufferPointer)
  case digest(UnsafeRawBufferPointer)

  /// The digest by `hash`, computed or, with the right length, as the caller gave it.
  func digest<Hash: HashFunction>(by hash: Hash.Type) throws(PublicKeyError) -> Hash.Digest {
    switch self {
    case .message(let bytes):
      var hasher = Hash()
      hasher.update(bufferPointer: bytes)
      return hasher.finalize()
    case .digest(let bytes):
      guard bytes.count == Hash.Digest.byteCount else { throw .digestLength(expected: Hash.Digest.byteCount) }
      guard let digest = Self.digest(by: hash, holding: bytes) else { throw .libraryFailure }
      return digest
    }
  }

  /// A digest value with these bytes; nil if the type's layout is not what it is known to be.
  ///
  /// swift-crypto verifies over its own digest types, which have no public initialiser, and traps on any other. A type
  /// of exactly the digest's size that is plain bytes can hold nothing but the digest: they are written over, and read
  /// back to be sure.
  private static func digest<Hash: HashFunction>(
    by hash: Hash.Type, holding bytes: UnsafeRawBufferPointer
  ) -> Hash.Digest? {
    guard _isPOD(Hash.Digest.self), MemoryLayout<Hash.Digest>.size == bytes.count else { return nil }
    var digest = Hash().finalize()
    withUnsafeMutableBytes(of: &digest) { $0.copyMemory(from: bytes) }
    return digest.elementsEqual(bytes) ? digest : nil
  }
}
