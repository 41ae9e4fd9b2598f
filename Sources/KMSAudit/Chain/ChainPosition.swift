// A place in the chain: behind which record it goes on, and from which link.

/// The end of a stretch of records.
struct ChainPosition: Sendable {
  /// The last record's number; 0 before the first.
  var sequence: UInt64
  /// The last record's link.
  var link: [UInt8]

  /// Before the first record.
  static let origin = ChainPosition(sequence: 0, link: AuditChain.origin)

  /// Whether this is before the first record.
  var isOrigin: Bool { sequence == 0 }

  /// The number of the record that comes next.
  var next: UInt64 { sequence &+ 1 }
}
