// Opens the chunks of a message, with no idea of where the message comes from or goes.

internal import Crypto
internal import SecureMemory

/// Opens one message that comes in pieces of any length, and gives out only what is authentic.
struct MessageOpener {
  private let chunkSize: Int
  private var cipher: ChunkCipher
  private var pending: [UInt8] = []
  /// Up to where `pending` has been opened.
  private var start = 0
  private var hasOpenedChunk = false

  /// An opener for the chunks after `header`, whose commitment has been verified to get at `keys`.
  init(header: EnvelopeHeader, keys: MessageKeys) {
    chunkSize = header.chunkSize
    cipher = ChunkCipher(key: keys.encryptionKey)
  }

  /// Takes the next bytes of the message. ``next()`` then gives the chunks that they complete.
  mutating func update(_ bytes: some Sequence<UInt8>) {
    pending.removeFirst(start)
    start = 0
    pending += bytes
  }

  /// The next chunk that is certainly not the last one, because something follows it; nil when more bytes are needed.
  ///
  /// - Throws: ``EnvelopeError/authentication`` or ``EnvelopeError/tooLong``.
  mutating func next() throws(EnvelopeError) -> SecretBytes? {
    let length = chunkSize + EnvelopeFormat.tagLength
    guard pending.count - start > length else { return nil }
    let plaintext = try cipher.open(pending[start..<start + length], isLast: false)
    start += length
    hasOpenedChunk = true
    return plaintext
  }

  /// The last chunk, once there are no more bytes and ``next()`` gives nothing more.
  ///
  /// - Throws: ``EnvelopeError/truncated`` when the last chunk is missing, or an error of ``next()``.
  mutating func finish() throws(EnvelopeError) -> SecretBytes {
    let plaintext = try cipher.open(pending[start...], isLast: true)
    guard plaintext.count > 0 || !hasOpenedChunk else { throw .malformed(.emptyLastChunk) }
    return plaintext
  }
}
