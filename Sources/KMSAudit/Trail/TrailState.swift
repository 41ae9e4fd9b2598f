// What a trail is at, under one lock.

/// Records that wait, callers that wait, and how the trail fares.
struct TrailState: Sendable {
  /// A caller, who learns why its record is not kept; nil when it is.
  typealias Waiter = CheckedContinuation<AuditFailure?, Never>

  /// A record with its caller.
  struct Entry: Sendable {
    /// The JSON object.
    let record: [UInt8]
    /// Who waits for it.
    let waiter: Waiter
  }

  /// Records on disk that the head in the store does not cover.
  struct Uncovered: Sendable {
    /// The last of them.
    var head: AuditHead
    /// Who waits for the head.
    var waiters: [Waiter]
  }

  var waiting: [Entry] = []
  var isWriting = false
  var uncovered: Uncovered?
  var isSavingHead = false
  var admission: TrailAdmission
  /// Whether the last attempt to write failed.
  var hasWriteFailed = false
  /// The newest head that could not be saved; nil when the last attempt succeeded.
  var failedHead: AuditHead?
  var isClosing = false
  var closers: [CheckedContinuation<Void, Never>] = []

  init(admission: TrailAdmission) { self.admission = admission }

  /// Whether records cannot be kept at the moment.
  var isFailing: Bool { hasWriteFailed || failedHead != nil }

  /// The closers to tell when nothing is under way any more.
  mutating func takeClosersIfIdle() -> [CheckedContinuation<Void, Never>] {
    guard !isWriting, !isSavingHead else { return [] }
    defer { closers = [] }
    return closers
  }
}
