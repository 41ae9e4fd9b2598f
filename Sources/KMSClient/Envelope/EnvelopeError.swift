// The ways sealing and opening can fail.

public import KMSModel

/// Why a message could not be sealed or opened. Its text holds no plaintext, no key and no path.
public enum EnvelopeError: Error, Sendable {
  /// KMS gave no data key to seal with.
  case generateDataKey(GenerateDataKeyError)
  /// KMS did not open the message's data key.
  case decrypt(DecryptError)
  /// KMS answered with something that cannot be a data key here: no plaintext, or not 32 bytes, or beyond the limits.
  case unusableDataKey
  /// The message's data key belongs to a KMS key that is not accepted, or KMS answered for another key than was asked.
  case otherKey
  /// The bytes are not a message of this format.
  case malformed(EnvelopeMalformation)
  /// The data key is not the one the message was sealed with, or its header or encryption context is another.
  case wrongKeyCommitment
  /// A chunk is not what was sealed at its place in this message.
  case authentication
  /// The message ends before its last chunk.
  case truncated
  /// The message has more chunks than the format allows; a larger chunk size has room for more.
  case tooLong
  /// The sequence that was read failed.
  case input(any Error)
  /// A file operation failed: which one, and the system's reason.
  case io(String)
  /// The surrounding task was cancelled.
  case cancelled
}

/// What about a message is not of the format.
public enum EnvelopeMalformation: Error, Equatable, Sendable {
  /// It does not begin like one.
  case notAnEnvelope
  /// Its version is not known here.
  case unknownVersion
  /// Its algorithm suite is not known here.
  case unknownSuite
  /// Its chunk size is zero or above the limit.
  case chunkSize
  /// Its key ARN is empty, above the limit or not visible ASCII.
  case keyARN
  /// Its wrapped data key is empty or above the limit.
  case wrappedKey
  /// It ends in an empty chunk after others, which no sealer writes.
  case emptyLastChunk
}

extension EnvelopeError: CustomStringConvertible {
  /// One line, safe to log. Of an error that is not the library's it names only the type.
  public var description: String {
    switch self {
    case .generateDataKey(let error): "no data key to seal with: \(error)"
    case .decrypt(let error): "the data key was not opened: \(error)"
    case .unusableDataKey: "the service answered with an unusable data key"
    case .otherKey: "the data key belongs to a KMS key that is not accepted"
    case .malformed(let reason): "not a message of the envelope format: \(reason)"
    case .wrongKeyCommitment: "the data key, the header or the encryption context is not the one of the message"
    case .authentication: "a chunk of the message is not authentic"
    case .truncated: "the message ends too early"
    case .tooLong: "the message has too many chunks"
    case .input(let error): "the input failed: \(type(of: error))"
    case .io(let text): text
    case .cancelled: "cancelled"
    }
  }
}
