// Cuts a message into chunks and seals them, with no idea of where the message comes from or goes.

internal import Crypto
internal import SecureMemory

/// Seals one message that comes in pieces of any length.
///
/// A chunk is sealed only when something follows it, because the last one is sealed differently. What waits for that
/// is at most one chunk of plaintext, and is wiped when the sealer goes.
final class MessageSealer {
  /// The header, which goes before the first chunk.
  let header: EnvelopeHeader
  private var cipher: ChunkCipher
  private var pending: [UInt8] = []

  init(header: EnvelopeHeader, keys: MessageKeys) {
    self.header = header
    cipher = ChunkCipher(key: keys.encryptionKey)
    pending.reserveCapacity(header.chunkSize)
  }

  deinit {
    SecretBytes.wipe(&pending)
  }

  /// Takes the next bytes of the message, and appends the chunks that they complete to `sealed`.
  ///
  /// - Throws: ``EnvelopeError/tooLong``.
  func update(_ bytes: UnsafeRawBufferPointer, appendingTo sealed: inout [UInt8]) throws(EnvelopeError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      if pending.count == header.chunkSize { try sealPending(isLast: false, appendingTo: &sealed) }
      let piece = rest.prefix(header.chunkSize - pending.count)
      pending.append(contentsOf: UnsafeRawBufferPointer(rebasing: piece))
      rest = rest.dropFirst(piece.count)
    }
  }

  /// Takes the next bytes of the message, and appends the chunks that they complete to `sealed`.
  ///
  /// - Throws: ``EnvelopeError/tooLong``.
  func update(_ bytes: [UInt8], appendingTo sealed: inout [UInt8]) throws(EnvelopeError) {
    try bytes.withUnsafeBufferPointer { (bytes) throws(EnvelopeError) in
      try update(UnsafeRawBufferPointer(bytes), appendingTo: &sealed)
    }
  }

  /// Ends the message: appends its last chunk, which is empty only when the whole message is.
  ///
  /// - Throws: ``EnvelopeError/tooLong``.
  func finish(appendingTo sealed: inout [UInt8]) throws(EnvelopeError) {
    try sealPending(isLast: true, appendingTo: &sealed)
  }

  private func sealPending(isLast: Bool, appendingTo sealed: inout [UInt8]) throws(EnvelopeError) {
    try cipher.seal(pending[...], isLast: isLast, appendingTo: &sealed)
    pending.withUnsafeMutableBytes { SecretBytes.wipe($0) }
    pending.removeAll(keepingCapacity: true)
  }
}
