// How much of a message is sealed at a time.

/// The bytes of plaintext in one chunk: what an opener holds before it gives anything out, and what 16 bytes of tag are
/// added to. A message has room for 2³²−1 chunks.
public struct ChunkSize: Hashable, Sendable {
  /// 4 KiB: messages up to 16 TiB.
  public static let kibibytes4 = ChunkSize(bytes: 4_096)
  /// 64 KiB, the default: messages up to 256 TiB.
  public static let kibibytes64 = ChunkSize(bytes: 65_536)
  /// 1 MiB, the most that is read: messages up to 4 PiB.
  public static let mebibyte1 = ChunkSize(bytes: 1_048_576)

  /// The number of bytes.
  public let bytes: Int

  /// A size of ``EnvelopeFormat/chunkSizes``.
  init(bytes: Int) { self.bytes = bytes }
}
