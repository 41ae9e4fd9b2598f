// A message sealed while it comes.

/// The pieces of a sealed message: the header, then sealed chunks.
///
/// Iterating it twice seals the input twice, as two messages.
public struct SealedChunks<Input: AsyncSequence>: AsyncSequence where Input.Element == [UInt8] {
  public typealias Element = [UInt8]
  public typealias Failure = EnvelopeError

  let encryptor: EnvelopeEncryptor
  let input: Input
  let encryptionContext: [String: String]

  /// An iterator that has asked for nothing yet.
  public func makeAsyncIterator() -> Iterator {
    Iterator(encryptor: encryptor, input: input.makeAsyncIterator(), encryptionContext: encryptionContext)
  }

  /// Seals the input as far as it is asked for.
  public struct Iterator: AsyncIteratorProtocol {
    private enum Phase {
      case beginning
      case sealing(MessageSealer, DataKeyUsage?)
      case ended
    }

    private let encryptor: EnvelopeEncryptor
    private var input: Input.AsyncIterator
    private let encryptionContext: [String: String]
    private var phase = Phase.beginning

    init(encryptor: EnvelopeEncryptor, input: Input.AsyncIterator, encryptionContext: [String: String]) {
      self.encryptor = encryptor
      self.input = input
      self.encryptionContext = encryptionContext
    }

    /// The next piece, of one chunk or several; nil after the last one, or an error.
    ///
    /// - Throws: ``EnvelopeError``.
    public mutating func next(
      isolation actor: isolated (any Actor)? = #isolation
    ) async throws(EnvelopeError) -> [UInt8]? {
      let current = phase
      phase = .ended  // unless this call succeeds
      switch current {
      case .ended:
        return nil
      case .beginning:
        let start = try await encryptor.startSealing(encryptionContext)
        phase = .sealing(MessageSealer(header: start.header, keys: start.keys), start.usage)
        return start.header.bytes
      case .sealing(let sealer, let usage):
        var sealed: [UInt8] = []
        while sealed.isEmpty {
          guard let piece = try await Input.nextElement(&input, isolation: actor) else {
            try sealer.finish(appendingTo: &sealed)
            return sealed
          }
          usage?.add(bytes: piece.count)
          try sealer.update(piece, appendingTo: &sealed)
        }
        phase = current
        return sealed
      }
    }
  }
}

extension SealedChunks: Sendable where Input: Sendable {}

@available(*, unavailable)
extension SealedChunks.Iterator: Sendable {}

extension AsyncSequence {
  /// The next element of a sequence that is read for an envelope; its failures become the envelope's.
  ///
  /// Many sequences end, without an error, when their task is cancelled (`AsyncStream` is one). Such an end is not the
  /// input's: taken for it, a part of a message would be sealed as the whole.
  static func nextElement(
    _ iterator: inout AsyncIterator, isolation actor: isolated (any Actor)?
  ) async throws(EnvelopeError) -> Element? {
    guard !Task.isCancelled else { throw .cancelled }
    let element: Element?
    do {
      element = try await iterator.next(isolation: actor)
    } catch {
      throw Task.isCancelled || error is CancellationError ? .cancelled : .input(error)
    }
    if element == nil, Task.isCancelled { throw .cancelled }
    return element
  }
}
