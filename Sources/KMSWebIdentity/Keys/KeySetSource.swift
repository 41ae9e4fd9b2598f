// Where a provider's key set comes from.

/// Fetches a key set, each time anew.
protocol KeySetSource: Sendable {
  /// The bytes of the key set.
  func fetch() async throws -> [UInt8]
}

/// Why a key set cannot be had.
enum KeySetFailure: Error, Hashable, Sendable {
  /// The answer is no success.
  case status(Int)
  /// It takes too long.
  case timeout
  /// It is too large.
  case tooLarge
  /// It cannot be read.
  case unreadable
  /// It is in a file that others than its owner can write to.
  case writableByOthers
}

/// Limits on key sets.
enum KeySetLimits {
  /// The largest key set, in bytes.
  static let maximumByteCount = 1 << 20
  /// How long fetching one may take.
  static let patience = Duration.seconds(5)
}
