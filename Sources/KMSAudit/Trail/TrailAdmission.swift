// Whether there is room for the record of one more request.

/// Keeps count of the room for records: what is set aside on disk, what has been promised, what waits to be written.
struct TrailAdmission: Sendable {
  /// What somebody learns who asks for room.
  enum Answer: Sendable {
    /// It is promised.
    case admitted
    /// It is not set aside yet, but may be in a moment.
    case waits
    /// There is none.
    case refused
  }

  /// What follows from asking for room.
  struct Decision: Sendable {
    /// What to tell.
    let answer: Answer
    /// Something to do beside it.
    let task: Task?
  }

  /// Work for the thread that writes.
  enum Task: Sendable {
    /// Set more room aside.
    case reserve
    /// Find out whether the trail works again.
    case probe
  }

  /// How often a trail that fails is tried.
  static let probeInterval = Duration.milliseconds(100)

  /// Room to keep ahead, in bytes.
  private let headroom: Int64
  /// Room set aside behind what is written, in bytes; nil where the file system does not do that.
  private(set) var available: Int64?
  /// Whether the last attempt to set room aside failed.
  private(set) var lacksRoom: Bool
  /// Bytes of records that wait or are being written.
  private(set) var queuedBytes: Int64 = 0
  /// Bytes for requests that were admitted and have left no record yet.
  private(set) var promisedBytes: Int64 = 0
  /// Bytes for requests that wait to be admitted.
  private(set) var awaitedBytes: Int64 = 0
  private var isReserving = false
  private var lastProbe: ContinuousClock.Instant?

  /// Nothing is promised yet.
  init(headroom: Int, available: Int64?, lacksRoom: Bool = false) {
    self.headroom = Int64(headroom)
    self.available = available
    self.lacksRoom = lacksRoom
  }

  /// How much room is to be set aside, in bytes. A disk that has less than that counts as full: not all of it is ours.
  var target: Int64 { queuedBytes + promisedBytes + awaitedBytes + 2 * headroom }

  /// Asks for room for a record of about `bytes`.
  ///
  /// What is set aside and has been promised to others is theirs, whatever happens to the disk. Who needs more waits
  /// for it: see ``awaitRoom(_:now:)``. When the last attempt to get more has failed, only the next one is waited for.
  mutating func admit(_ bytes: Int64, trailFails: Bool, now: ContinuousClock.Instant) -> Decision {
    guard !trailFails else { return Decision(answer: .refused, task: takeProbe(now) ? .probe : nil) }
    guard promise(bytes) else {
      return Decision(answer: isReserving || !lacksRoom || isProbeDue(now) ? .waits : .refused, task: nil)
    }
    guard let available, queuedBytes + promisedBytes + headroom > available, !isReserving,
      !lacksRoom || takeProbe(now)
    else { return Decision(answer: .admitted, task: nil) }
    isReserving = true
    return Decision(answer: .admitted, task: .reserve)
  }

  /// Counts a request among those that wait for room. Those are settled whenever an attempt to set room aside ends.
  mutating func awaitRoom(_ bytes: Int64, now: ContinuousClock.Instant) -> Task? {
    awaitedBytes += bytes
    guard !isReserving else { return nil }
    lastProbe = now
    isReserving = true
    return .reserve
  }

  /// Takes a request from those that wait, and promises it its room if that is set aside now. If it is not, and the
  /// attempt has `succeeded`, it waits on for another one.
  mutating func settle(_ bytes: Int64, succeeded: Bool) -> Answer {
    guard promise(bytes) else { return succeeded ? .waits : refuse(bytes) }
    awaitedBytes -= bytes
    return .admitted
  }

  /// Takes a request from those that wait, without a promise.
  mutating func refuse(_ bytes: Int64) -> Answer {
    awaitedBytes -= bytes
    return .refused
  }

  /// Takes back what was promised to a request that leaves no record.
  mutating func release(_ bytes: Int64) { promisedBytes -= bytes }

  /// Takes in a record, for which `promised` bytes have been promised: none if nobody asked.
  mutating func enqueue(_ bytes: Int, promised: Int64) {
    queuedBytes += Int64(bytes)
    promisedBytes -= promised
  }

  /// Notes that records have been written, or have not been and never will be.
  mutating func dequeue(_ bytes: Int, available: Int64?) {
    queuedBytes -= Int64(bytes)
    self.available = available
  }

  /// Promises no more than is needed for what has been promised already and for `headroom` beyond: the rest, if there
  /// is any, goes back to the disk, which others need too. The result is how much is kept, in bytes.
  mutating func keepLittle() -> Int64 {
    let kept = queuedBytes + promisedBytes + headroom
    available = available.map { min($0, kept) }
    return kept
  }

  /// Notes what came of setting room aside.
  mutating func reserved(_ succeeded: Bool, available: Int64?) {
    isReserving = false
    lacksRoom = !succeeded
    self.available = available
  }

  private mutating func promise(_ bytes: Int64) -> Bool {
    if let available, queuedBytes + promisedBytes + bytes > available { return false }
    promisedBytes += bytes
    return true
  }

  private func isProbeDue(_ now: ContinuousClock.Instant) -> Bool {
    lastProbe.map { now >= $0 + Self.probeInterval } ?? true
  }

  private mutating func takeProbe(_ now: ContinuousClock.Instant) -> Bool {
    guard isProbeDue(now) else { return false }
    lastProbe = now
    return true
  }
}
