// Messages that are sealed and opened as they pass.

extension EnvelopeEncryptor {
  /// Seals a message that comes in pieces of any length, holding one chunk of it at most.
  ///
  /// KMS is asked when the first element is. The pieces that come out are the message when they are put together,
  /// wherever they are cut.
  /// - Returns: a sequence that throws ``EnvelopeError``.
  public func seal<Input: AsyncSequence>(
    _ input: Input, encryptionContext: [String: String] = [:]
  ) -> SealedChunks<Input> where Input.Element == [UInt8] {
    SealedChunks(encryptor: self, input: input, encryptionContext: encryptionContext)
  }

  /// Opens a message that comes in pieces of any length, and gives out each chunk once it is verified.
  ///
  /// The sequence ends without an error only when the message's last chunk was seen and nothing came after it.
  /// - Returns: a sequence that throws ``EnvelopeError``.
  public func open<Input: AsyncSequence>(
    _ input: Input, encryptionContext: [String: String] = [:]
  ) -> OpenedChunks<Input> where Input.Element == [UInt8] {
    OpenedChunks(encryptor: self, input: input, encryptionContext: encryptionContext)
  }
}
