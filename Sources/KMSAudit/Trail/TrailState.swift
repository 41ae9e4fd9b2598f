// What a trail is at, under one lock.

/// Records that wait, callers that wait, and how the trail fares.
struct TrailState: Sendable {
  /// A caller, who learns why its record is not kept; nil when it is.
  typealias Waiter = CheckedContinuation<AuditFailure?, Never>

  /// Records that belong together, with their caller.
  struct Entry: Sendable {
    /// JSON objects.
    let records: [[UInt8]]
    /// Who waits for them.
    let waiter: Waiter

    /// About how many bytes they take in a file.
    var bytes: Int { records.reduce(0) { $0 + $1.count + AuditSeal.maximumBytes } }
  }

  /// A request that waits to be admitted.
  struct Applicant: Sendable {
    /// How much room it needs.
    let bytes: Int64
    /// Who waits.
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
  /// Who waits for room, in the order in which they came.
  var applicants: [Applicant] = []
  /// Whether the last attempt to write failed.
  var hasWriteFailed = false
  /// The newest head that could not be saved; nil when the last attempt succeeded.
  var failedHead: AuditHead?
  var isClosing = false
  var closers: [CheckedContinuation<Void, Never>] = []

  init(admission: TrailAdmission) { self.admission = admission }

  /// Whether records cannot be kept at the moment.
  var isFailing: Bool { hasWriteFailed || failedHead != nil }

  /// Ends the wait of those who wait for room, after an attempt to set some aside. The result is for whom it ends, and
  /// how, and whether another attempt is needed for the rest.
  mutating func settleApplicants(succeeded: Bool) -> (settled: [(Waiter, AuditFailure?)], remain: Bool) {
    guard !applicants.isEmpty else { return ([], false) }
    let failure: AuditFailure? = isClosing ? .closed : isFailing ? .suspended : nil
    var settled: [(Waiter, AuditFailure?)] = []
    var rest: [Applicant] = []
    for applicant in applicants {
      let answer =
        failure == nil
        ? admission.settle(applicant.bytes, succeeded: succeeded) : admission.refuse(applicant.bytes)
      switch answer {
      case .admitted: settled.append((applicant.waiter, nil))
      case .refused: settled.append((applicant.waiter, failure ?? .suspended))
      case .waits: rest.append(applicant)
      }
    }
    applicants = rest
    return (settled, !rest.isEmpty)
  }

  /// The closers to tell when nothing is under way any more.
  mutating func takeClosersIfIdle() -> [CheckedContinuation<Void, Never>] {
    guard !isWriting, !isSavingHead else { return [] }
    defer { closers = [] }
    return closers
  }
}
