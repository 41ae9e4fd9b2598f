// When the next group of records is written: at once, or when those have come that are on their way.

/// How many callers' records to wait for, and how long.
///
/// A group costs the same whatever is in it: two syncs and half a dozen changes of thread. Callers who wait for their
/// answers before they ask again come back soon after a group is done, one after the other; if the first of them were
/// written for at once, the others would cost another group. So a group waits for as many as there were the last time,
/// and no longer than that one took. A caller who is alone waits for nobody.
struct GroupGathering: Sendable {
  /// The longest that a caller waits for others.
  static let longestWait = Duration.milliseconds(1)

  /// How many callers make the next group whole.
  private(set) var size = 1
  /// How long the first of them waits for the last.
  private(set) var patience = Duration.zero

  /// Whether a group of `count` callers has all that are expected.
  func isWhole(_ count: Int) -> Bool { count >= size }

  /// Learns from a group of `count` callers that took `duration`, in which `waiting` others came.
  mutating func groupEnded(_ count: Int, waiting: Int, after duration: Duration) {
    size = max(count + waiting, 1)
    patience = min(duration, Self.longestWait)
  }
}
