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

  /// What is done for the records.
  enum Phase: Equatable, Sendable {
    /// Nothing waits.
    case idle
    /// What waits is not yet a whole group. The number tells one such wait from another.
    case gathering(UInt64)
    /// A group is being written, or the head that covers it saved.
    case busy
  }

  /// What there is to do after a change.
  enum Step: Equatable, Sendable {
    /// Write what waits.
    case write
    /// Write what waits once it has waited long enough, unless it is written before.
    case wait(UInt64, Duration)
  }

  private(set) var phase = Phase.idle
  private var lastWait: UInt64 = 0
  private var gathering = GroupGathering()
  private var waiting: [Entry] = []
  /// How many callers' records are being written.
  private var written = 0
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

  /// How many callers' records wait to be written, or for the head that covers them.
  var queueDepth: Int { waiting.count + written }

  // MARK: Groups

  /// Takes in records in place of `promised` bytes.
  mutating func enqueue(_ entry: Entry, promised: Int64) -> Step? {
    waiting.append(entry)
    admission.enqueue(entry.bytes, promised: promised)
    return phase == .busy ? nil : begin()
  }

  /// Ends a wait. Whether it was still on: then what waits is to be written.
  mutating func endWait(_ number: UInt64) -> Bool {
    guard phase == .gathering(number) else { return false }
    phase = .busy
    return true
  }

  /// The next group, to be written now.
  mutating func takeGroup() -> [Entry] {
    defer { waiting = [] }
    written = waiting.count
    return waiting
  }

  /// Notes that a group of `count` callers is dealt with, which took `duration`.
  mutating func groupEnded(_ count: Int, after duration: Duration) -> Step? {
    if count > 0 { gathering.groupEnded(count, waiting: waiting.count, after: duration) }
    written = 0
    phase = .idle
    return begin()
  }

  /// The head to be saved although no group is written; nil when there is no need.
  mutating func beginSaving() -> AuditHead? {
    guard phase == .idle, let failedHead else { return nil }
    phase = .busy
    return failedHead
  }

  /// Takes no more records. What waits is not kept waiting.
  mutating func close(_ closer: CheckedContinuation<Void, Never>) -> Step? {
    isClosing = true
    closers.append(closer)
    return phase == .busy ? nil : begin()
  }

  private mutating func begin() -> Step? {
    guard !waiting.isEmpty else { return nil }
    if isClosing || gathering.isWhole(waiting.count) {
      phase = .busy
      return .write
    }
    guard phase == .idle else { return nil }
    lastWait &+= 1
    phase = .gathering(lastWait)
    return .wait(lastWait, gathering.patience)
  }

  // MARK: Room and endings

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
    guard phase == .idle else { return [] }
    defer { closers = [] }
    return closers
  }
}
