// What stands before the chunks of a sealed message: how to get its keys, and the proof that they are the right ones.

/// The header of one message.
struct EnvelopeHeader: Equatable, Sendable {
  /// Bytes of plaintext in every chunk but the last.
  var chunkSize: Int
  /// 32 random bytes that no other message has.
  var salt: [UInt8]
  /// The KMS key that the data key is wrapped with.
  var keyARN: String
  /// The data key as KMS wrapped it: a `CiphertextBlob`.
  var wrappedKey: [UInt8]
  /// What binds the message to one data key, this header and one encryption context.
  var commitment: [UInt8]

  /// The header up to the commitment, which is made from these bytes.
  ///
  /// Its lengths fit their fields: a header is read from bytes or made of a ``DataKey``, and both are checked.
  var committedBytes: [UInt8] {
    var bytes = EnvelopeFormat.magic
    bytes.append(EnvelopeFormat.version)
    bytes.append(EnvelopeFormat.suite)
    EnvelopeFormat.append(UInt32(clamping: chunkSize), to: &bytes)
    bytes += salt
    let name = Array(keyARN.utf8)
    EnvelopeFormat.append(UInt16(clamping: name.count), to: &bytes)
    bytes += name
    EnvelopeFormat.append(UInt16(clamping: wrappedKey.count), to: &bytes)
    bytes += wrappedKey
    return bytes
  }

  /// The whole header.
  var bytes: [UInt8] { committedBytes + commitment }
}
