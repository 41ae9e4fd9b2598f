// When credentials are asked for anew: the rules of the cache, without tasks and locks.

internal import AWSJSON
internal import AWSSigV4

/// What a cache holds, and what it does next.
///
/// The life of credentials that expire has three parts. At first they are simply used. In the second, they are used and
/// one refresh is under way; if it fails they are used on. In the last ten seconds whoever asks waits for the refresh,
/// because a request must still arrive before the end; if the refresh fails, what is left is used.
struct CachedCredentials {
  /// What whoever asks gets.
  enum Answer: Equatable {
    case use(Credentials)
    case fail(CredentialsError)
    /// The outcome of the refresh under way, later.
    case wait
  }

  /// An answer, and whether it is the asker's to start a refresh.
  struct Step: Equatable {
    let answer: Answer
    let startsRefresh: Bool
  }

  /// How long before their end credentials are waited for, in seconds.
  private static let lastPart: Int64 = 10
  /// How often the source is asked at most when there is nothing to go on with.
  private static let pause = Duration.seconds(1)
  /// The wait after the first failure of a refresh ahead of time; doubled after each further one.
  private static let firstWait = Duration.seconds(60)
  private static let longestWait = Duration.seconds(600)
  /// Ten years, in seconds: credentials that last longer are none, and sums of more could overflow.
  private static let longestRefreshAhead: Int64 = 315_360_000

  /// Credentials, and the times in seconds since the epoch when their life's parts end; nil when they have no end.
  private struct Held {
    let credentials: Credentials
    let refreshFrom: Int64
    let waitFrom: Int64
    let end: Int64
  }

  /// The failures since the last success.
  private struct Failures {
    var count: Int
    var last: CredentialsError
    /// From when on the source is asked while there is something to go on with.
    var aheadFrom: ContinuousClock.Instant
    /// From when on it is asked while there is nothing.
    var from: ContinuousClock.Instant
  }

  private let refreshAhead: Int64
  private var held: Held?
  private var failures: Failures?
  private var isRefreshing = false

  /// Nothing yet.
  init(refreshAhead: Duration) {
    self.refreshAhead = min(max(0, refreshAhead.components.seconds), Self.longestRefreshAhead)
  }

  /// Whoever asks now.
  mutating func ask(at now: SigningTime, uptime: ContinuousClock.Instant) -> Step {
    let time = now.secondsSinceEpoch
    if let held, time < held.waitFrom {
      let isDue = time >= held.refreshFrom && !isRefreshing && uptime >= failures?.aheadFrom ?? uptime
      if isDue { isRefreshing = true }
      return Step(answer: .use(held.credentials), startsRefresh: isDue)
    }
    if isRefreshing { return Step(answer: .wait, startsRefresh: false) }
    if let failures, uptime < failures.from {
      let rest = usable(at: now)
      return Step(answer: rest.map { .use($0) } ?? .fail(failures.last), startsRefresh: false)
    }
    isRefreshing = true
    return Step(answer: .wait, startsRefresh: true)
  }

  /// Whether ``ask(at:uptime:)`` would answer with credentials because there are good ones.
  func isHolding(at now: SigningTime) -> Bool { held.map { now.secondsSinceEpoch < $0.waitFrom } ?? false }

  /// The refresh has ended. Gives what those get who waited for it.
  ///
  /// - Parameter chance: a random number from 0 up to 1, which the times of refreshes depend on: the members of a fleet
  ///   that were started together shall not ask together.
  mutating func finish(
    _ result: Result<Credentials, CredentialsError>, at now: SigningTime, uptime: ContinuousClock.Instant,
    chance: Double
  ) -> Result<Credentials, CredentialsError> {
    isRefreshing = false
    let error: CredentialsError
    switch result {
    case .success(let credentials) where credentials.expiration.map({ $0 > now }) ?? true:
      hold(credentials, at: now, chance)
      failures = nil
      return result
    case .success: error = CredentialsError("the credentials had expired when they were given")
    case .failure(let failure): error = failure
    }
    let count = (failures?.count ?? 0) + 1
    let wait = min(Self.firstWait * (1 << min(count - 1, 8)), Self.longestWait) * (0.75 + chance / 2)
    failures = Failures(count: count, last: error, aheadFrom: uptime + wait, from: uptime + Self.pause)
    guard let rest = usable(at: now) else {
      held = nil
      return .failure(error)
    }
    return .success(rest)
  }

  private func usable(at now: SigningTime) -> Credentials? {
    held.flatMap { now.secondsSinceEpoch < $0.end ? $0.credentials : nil }
  }

  private mutating func hold(_ credentials: Credentials, at now: SigningTime, _ chance: Double) {
    guard let end = credentials.expiration?.secondsSinceEpoch else {
      held = Held(credentials: credentials, refreshFrom: .max, waitFrom: .max, end: .max)
      return
    }
    let start = now.secondsSinceEpoch
    let ahead = Int64(Double(refreshAhead) * (1 + chance / 5))
    // Credentials with a short life are not asked for again before half of it has gone.
    let refreshFrom = max(end - ahead, start + (end - start) / 2)
    held = Held(
      credentials: credentials, refreshFrom: refreshFrom, waitFrom: max(end - Self.lastPart, refreshFrom), end: end)
  }
}
