// One chunk sealed or opened: AES-256-GCM with the chunk's place in the message as its nonce.

internal import Crypto
internal import SecureMemory

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// The chunks of one message, one after the other, as the STREAM construction numbers them.
///
/// The nonce is seven zero bytes, the chunk's number and a flag for the last one. It is unique under the message's own
/// key, and a chunk that is moved, repeated, left out or cut off meets another nonce than it was sealed with.
struct ChunkCipher {
  private let key: SymmetricKey
  private var number: UInt32

  /// A cipher for the chunks of a message from its first one, which has number 0.
  init(key: SymmetricKey, firstNumber: UInt32 = 0) {
    self.key = key
    number = firstNumber
  }

  /// Seals the next chunk and appends it, with its tag, to `sealed`.
  ///
  /// - Throws: ``EnvelopeError/tooLong``.
  mutating func seal(
    _ plaintext: ArraySlice<UInt8>, isLast: Bool, appendingTo sealed: inout [UInt8]
  ) throws(EnvelopeError) {
    guard number < EnvelopeFormat.maximumChunks else { throw .tooLong }
    // It fails for keys of other lengths than AES has; the key here is always derived.
    guard let box = try? AES.GCM.seal(plaintext, using: key, nonce: nonce(isLast: isLast)) else {
      throw .unusableDataKey
    }
    sealed += box.ciphertext
    sealed += box.tag
    number += 1
  }

  /// Opens the next chunk.
  ///
  /// - Throws: ``EnvelopeError/tooLong``, ``EnvelopeError/truncated`` when the chunk was cut off, or is authentic but
  ///   not the last as it was said to be, ``EnvelopeError/authentication`` otherwise.
  mutating func open(_ sealed: ArraySlice<UInt8>, isLast: Bool) throws(EnvelopeError) -> SecretBytes {
    guard number < EnvelopeFormat.maximumChunks else { throw .tooLong }
    guard sealed.count >= EnvelopeFormat.tagLength else { throw .truncated }
    guard let plaintext = authentic(sealed, isLast: isLast) else {
      guard isLast, authentic(sealed, isLast: false) != nil else { throw .authentication }
      throw .truncated
    }
    number += 1
    return plaintext
  }

  private func authentic(_ sealed: ArraySlice<UInt8>, isLast: Bool) -> SecretBytes? {
    guard
      let box = try? AES.GCM.SealedBox(
        nonce: nonce(isLast: isLast), ciphertext: sealed.dropLast(EnvelopeFormat.tagLength),
        tag: sealed.suffix(EnvelopeFormat.tagLength)),
      var data = try? AES.GCM.open(box, using: key)
    else { return nil }
    defer { data.withUnsafeMutableBytes { SecretBytes.wipe($0) } }
    return data.withUnsafeBytes { SecretBytes(copying: $0) }
  }

  private func nonce(isLast: Bool) throws -> AES.GCM.Nonce {
    var bytes = [UInt8](repeating: 0, count: 7)
    EnvelopeFormat.append(number, to: &bytes)
    bytes.append(isLast ? 1 : 0)
    return try AES.GCM.Nonce(data: bytes)
  }
}
