// How much has been sealed with a data key.

internal import Synchronization

/// Counts what one cached data key is used for.
final class DataKeyUsage: Sendable {
  private struct Counts {
    var messages: UInt64 = 0
    var bytes: UInt64 = 0
  }

  private let counts = Mutex(Counts())

  /// Counts one more message of `bytes` bytes. False, and nothing counted, when that is more than `limits` allow: but
  /// the first message always gets its key, however long it is.
  func addMessage(bytes: UInt64, limits: DataKeyCache.Limits) -> Bool {
    counts.withLock { counts in
      let (sum, overflow) = counts.bytes.addingReportingOverflow(bytes)
      let fits = counts.messages < limits.messages && counts.bytes < limits.bytes && !overflow && sum <= limits.bytes
      guard counts.messages == 0 || fits else { return false }
      counts.messages += 1
      counts.bytes = overflow ? .max : sum
      return true
    }
  }

  /// Counts bytes of a message whose length was not known when it began. The limit holds for the next message.
  func add(bytes: Int) {
    counts.withLock { counts in
      let (sum, overflow) = counts.bytes.addingReportingOverflow(UInt64(clamping: bytes))
      counts.bytes = overflow ? .max : sum
    }
  }
}
