// Envelope encryption: messages of any size under a KMS key, with only a data key's wrapping crossing the network.

public import SecureMemory

/// Seals and opens messages with data keys that KMS wraps.
///
/// Every message has keys of its own, derived from a data key; it commits to that data key, and is sealed in chunks, so
/// that a stream is opened as it arrives and nothing is given out before it was verified. `docs/envelope-format.md` has
/// the bytes and what they defend.
///
/// The encryption context is bound to the message twice, by KMS and by the message's keys. It is not stored in the
/// message: who opens it says what he expects. It appears in the service's audit trail, so it is not for secrets.
public struct EnvelopeEncryptor: Sendable {
  /// The client that data keys are asked of.
  public let kms: KMSClient
  /// The symmetric KMS key that messages are sealed under: key id, key ARN, alias name or alias ARN.
  ///
  /// Give a key id or ARN where messages are kept for long: an alias that has moved on opens none of them.
  public let keyID: String
  /// Where data keys are kept for more than one message; nil for a call of KMS each time.
  public let cache: DataKeyCache?
  /// Whose messages are opened.
  public var acceptedKeys = AcceptedKeys.own
  /// Tokens of grants so new that they may not be known everywhere yet; at most ten.
  public var grantTokens: [String] = []
  /// How much is sealed at a time. Messages of every chunk size are opened.
  public var chunkSize = ChunkSize.kibibytes64

  /// Makes an encryptor, with no call of KMS.
  public init(kms: KMSClient, keyID: String, cache: DataKeyCache? = nil) {
    self.kms = kms
    self.keyID = keyID
    self.cache = cache
  }

  /// Seals a message that is in memory.
  ///
  /// Of `message` a copy is made and wiped; a message that is in ``SecretBytes`` already is not copied.
  /// - Throws: ``EnvelopeError``.
  public func seal(
    _ message: some Sequence<UInt8>, encryptionContext: [String: String] = [:]
  ) async throws(EnvelopeError) -> [UInt8] {
    try await seal(.copy(message), encryptionContext: encryptionContext)
  }

  /// Seals a message that is in memory; off the caller's actor, for that takes its time.
  ///
  /// - Throws: ``EnvelopeError``.
  @concurrent
  public func seal(
    _ message: SecretBytes, encryptionContext: [String: String] = [:]
  ) async throws(EnvelopeError) -> [UInt8] {
    let start = try await startSealing(encryptionContext, knownLength: UInt64(message.count))
    let sealer = MessageSealer(header: start.header, keys: start.keys)
    var sealed = start.header.bytes
    let chunks = message.count / start.header.chunkSize + 1
    sealed.reserveCapacity(sealed.count + message.count + chunks * EnvelopeFormat.tagLength)
    try message.withUnsafeBytes { (bytes) throws(EnvelopeError) in
      try sealer.update(bytes, appendingTo: &sealed)
    }
    try sealer.finish(appendingTo: &sealed)
    return sealed
  }

  /// Opens a message that is in memory; off the caller's actor, for that takes its time.
  ///
  /// - Parameters:
  ///   - bytes: The whole message, and nothing after it.
  ///   - encryptionContext: The context that it was sealed with.
  /// - Throws: ``EnvelopeError``.
  @concurrent
  public func open(
    _ bytes: [UInt8], encryptionContext: [String: String] = [:]
  ) async throws(EnvelopeError) -> SecretBytes {
    guard let (header, length) = try EnvelopeHeader.read(bytes[...]) else { throw .truncated }
    let keys = try await openKeys(of: header, encryptionContext)
    let body = bytes.dropFirst(length)
    let (wholeChunks, rest) = body.count.quotientAndRemainder(dividingBy: header.chunkSize + EnvelopeFormat.tagLength)
    // Less than a tag after the whole chunks holds no plaintext: `finish` refuses it.
    let plaintextLength = wholeChunks * header.chunkSize + max(0, rest - EnvelopeFormat.tagLength)
    var opener = MessageOpener(header: header, keys: keys)
    opener.update(body)
    return try SecretBytes(count: plaintextLength) { (plaintext) throws(EnvelopeError) in
      var rest = plaintext[...]
      func append(_ chunk: SecretBytes) {
        chunk.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: rest).copyMemory(from: $0) }
        rest = rest.dropFirst(chunk.count)
      }
      while let chunk = try opener.next() { append(chunk) }
      append(try opener.finish())
    }
  }

  /// The ARN of the KMS key that a message says it was sealed under, from its first bytes; nil for too few of them.
  ///
  /// Nothing is verified: it helps to choose a client of the right Region, not to decide whether to trust the message.
  /// - Throws: ``EnvelopeError/malformed(_:)``.
  public static func keyARN(of message: [UInt8]) throws(EnvelopeError) -> String? {
    try EnvelopeHeader.read(message[...])?.header.keyARN
  }

  /// A salt that no other message has.
  static func randomSalt() -> [UInt8] {
    var random = SystemRandomNumberGenerator()
    var salt: [UInt8] = []
    for _ in 0..<EnvelopeFormat.saltLength / 4 {
      EnvelopeFormat.append(UInt32.random(in: .min ... .max, using: &random), to: &salt)
    }
    return salt
  }
}

extension SecretBytes {
  /// A copy of all of `bytes`; what the copying needs in between is wiped.
  fileprivate static func copy(_ bytes: some Sequence<UInt8>) -> SecretBytes {
    if let copy = bytes.withContiguousStorageIfAvailable({ SecretBytes(copying: UnsafeRawBufferPointer($0)) }) {
      return copy
    }
    var array: [UInt8] = []
    defer { SecretBytes.wipe(&array) }
    for byte in bytes {
      // Grown by hand: an array that grows by itself leaves its old storage behind as it was.
      if array.count == array.capacity {
        var larger: [UInt8] = []
        larger.reserveCapacity(max(64, array.count * 2))
        larger += array
        SecretBytes.wipe(&array)
        array = larger
      }
      array.append(byte)
    }
    return array.withUnsafeBytes { SecretBytes(copying: $0) }
  }
}
