// A write of which nobody said what became of it.

/// Would be a mistake in ``GroupCommit``, which answers every write.
struct UnansweredWriteError: Error, CustomStringConvertible {
  var description: String { "The store did not say what became of a write." }
}
