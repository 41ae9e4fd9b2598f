// Whether there is room for the record of one more request.

/// Keeps count of the room for records: what is set aside on disk, what has been promised, what waits to be written.
struct TrailAdmission: Sendable {
  /// What follows from asking for room.
  struct Decision: Sendable {
    /// Whether the request may go on.
    let isAdmitted: Bool
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
  /// The most that is kept for requests that were admitted and have left no record yet, in bytes. Some may never
  /// leave one.
  static let maximumPromisedBytes: Int64 = 16 << 20

  /// Room to keep ahead, in bytes.
  private let headroom: Int64
  /// Room set aside behind what is written, in bytes; nil where the file system does not do that.
  private(set) var available: Int64?
  /// Whether the last attempt to set room aside failed.
  private(set) var lacksRoom: Bool
  /// Bytes of records that wait or are being written.
  private(set) var queuedBytes: Int64 = 0
  private var promisedBytes: Int64 = 0
  private var promises: Int64 = 0
  private var isReserving = false
  private var lastProbe: ContinuousClock.Instant?

  /// Nothing is promised yet.
  init(headroom: Int, available: Int64?, lacksRoom: Bool = false) {
    self.headroom = Int64(headroom)
    self.available = available
    self.lacksRoom = lacksRoom
  }

  /// How much room is to be set aside, in bytes.
  var target: Int64 { queuedBytes + promisedBytes + 2 * headroom }

  /// Asks for room for a record of about `bytes`.
  ///
  /// It is refused when what is set aside has been promised to others, even if more may be had in a moment: nobody
  /// knows that yet, and a promise is kept. What is set aside is so much that this takes a disk that is full or stuck.
  mutating func admit(_ bytes: Int, trailFails: Bool, now: ContinuousClock.Instant) -> Decision {
    guard !trailFails else { return Decision(isAdmitted: false, task: isProbeDue(now) ? .probe : nil) }
    let bytes = Int64(bytes)
    let needed = queuedBytes + promisedBytes + bytes
    let isAdmitted = available.map { needed <= $0 } ?? true
    if isAdmitted {
      promisedBytes = min(promisedBytes + bytes, Self.maximumPromisedBytes)
      promises += 1
    }
    guard let available, needed + headroom > available, !isReserving, !lacksRoom || isProbeDue(now) else {
      return Decision(isAdmitted: isAdmitted, task: nil)
    }
    isReserving = true
    return Decision(isAdmitted: isAdmitted, task: .reserve)
  }

  /// Takes in a record, which an admitted request leaves, or one that nobody asked room for.
  mutating func enqueue(_ bytes: Int) {
    queuedBytes += Int64(bytes)
    guard promises > 0 else { return }
    // Which of them it is does not matter: in the end all have been taken.
    promisedBytes -= promisedBytes / promises
    promises -= 1
  }

  /// Notes that records have been written, or have not been and never will be.
  mutating func dequeue(_ bytes: Int, available: Int64?) {
    queuedBytes -= Int64(bytes)
    self.available = available
  }

  /// Notes what came of setting room aside.
  mutating func reserved(_ succeeded: Bool, available: Int64?) {
    isReserving = false
    lacksRoom = !succeeded
    self.available = available
  }

  private mutating func isProbeDue(_ now: ContinuousClock.Instant) -> Bool {
    if let lastProbe, now < lastProbe + Self.probeInterval { return false }
    lastProbe = now
    return true
  }
}
