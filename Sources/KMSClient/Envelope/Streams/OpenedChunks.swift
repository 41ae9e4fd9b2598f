// A message opened while it comes.

public import SecureMemory

/// The plaintext of a message in pieces, each verified.
///
/// A piece that was given out is what was sealed at its place. Only the end of the sequence, without an error, says
/// that it was the whole message: whoever acts on pieces before must be able to undo it.
public struct OpenedChunks<Input: AsyncSequence>: AsyncSequence where Input.Element == [UInt8] {
  public typealias Element = SecretBytes
  public typealias Failure = EnvelopeError

  let encryptor: EnvelopeEncryptor
  let input: Input
  let encryptionContext: [String: String]

  /// An iterator that has asked for nothing yet.
  public func makeAsyncIterator() -> Iterator {
    Iterator(encryptor: encryptor, input: input.makeAsyncIterator(), encryptionContext: encryptionContext)
  }

  /// Opens the input as far as it is asked for.
  public struct Iterator: AsyncIteratorProtocol {
    private enum Phase {
      /// The header's bytes as far as they have come.
      case beginning([UInt8])
      case opening(MessageOpener)
      case ended
    }

    private let encryptor: EnvelopeEncryptor
    private var input: Input.AsyncIterator
    private let encryptionContext: [String: String]
    private var phase = Phase.beginning([])

    init(encryptor: EnvelopeEncryptor, input: Input.AsyncIterator, encryptionContext: [String: String]) {
      self.encryptor = encryptor
      self.input = input
      self.encryptionContext = encryptionContext
    }

    /// The plaintext of the next chunk; nil after the last one, or an error. An empty message has no chunk to give.
    ///
    /// - Throws: ``EnvelopeError``; ``EnvelopeError/truncated`` when the input ends before the message does.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(EnvelopeError) -> SecretBytes? {
      var current = phase
      phase = .ended  // unless this call succeeds
      while true {
        switch current {
        case .ended:
          return nil
        case .beginning(let known):
          guard let piece = try await Input.nextElement(&input, isolation: actor) else { throw .truncated }
          let bytes = known + piece
          guard let (header, length) = try EnvelopeHeader.read(bytes[...]) else {
            current = .beginning(bytes)
            continue
          }
          var opener = MessageOpener(header: header, keys: try await encryptor.openKeys(of: header, encryptionContext))
          opener.update(bytes.dropFirst(length))
          current = .opening(opener)
        case .opening(var opener):
          current = .ended  // so that the opener's bytes have one owner
          if let plaintext = try opener.next() {
            phase = .opening(opener)
            return plaintext
          }
          guard let piece = try await Input.nextElement(&input, isolation: actor) else {
            let plaintext = try opener.finish()
            return plaintext.count > 0 ? plaintext : nil
          }
          opener.update(piece)
          current = .opening(opener)
        }
      }
    }
  }
}

extension OpenedChunks: Sendable where Input: Sendable {}

@available(*, unavailable)
extension OpenedChunks.Iterator: Sendable {}
