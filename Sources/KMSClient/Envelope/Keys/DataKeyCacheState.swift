// What a data key cache knows: values and rules, without locks, tasks' waiting or time of its own.

/// What somebody who asked for a data key is told.
enum DataKeyAnswer: Sendable {
  case dataKey(DataKey, DataKeyUsage?)
  case failed(EnvelopeError)
  /// Others who waited have used the data key up to its limits: ask again.
  case usedUp
}

/// Somebody who waits for a data key.
struct DataKeyWaiter: Sendable {
  let id: UInt64
  /// How much will be sealed with it, as far as that is known.
  let bytes: UInt64
  let continuation: CheckedContinuation<DataKeyAnswer, Never>
}

/// A call of KMS under way, and who waits for it.
struct DataKeyFlight: Sendable {
  let id: UInt64
  let task: Task<Void, Never>
  var waiters: [DataKeyWaiter]
  /// Whether what it brings is kept; not when everything was forgotten meanwhile.
  var isKept = true
}

/// The state behind a cache's lock.
struct DataKeyCacheState: Sendable {
  /// A data key that is kept.
  struct Entry: Sendable {
    let dataKey: DataKey
    let usage = DataKeyUsage()
    let expiry: Duration
    /// Grows with every use of any entry.
    var lastUse: UInt64
  }

  var entries: [DataKeyPlace: Entry] = [:]
  var flights: [DataKeyPlace: DataKeyFlight] = [:]
  /// What removes entries in time; nil while there are none.
  var removal: Task<Void, Never>?
  private let limits: DataKeyCache.Limits
  private var lastID: UInt64 = 0

  init(limits: DataKeyCache.Limits) { self.limits = limits }

  /// A number that was never given before.
  mutating func nextID() -> UInt64 {
    lastID += 1
    return lastID
  }

  /// The kept data key of a place, if it may be used for one more message.
  mutating func take(_ place: DataKeyPlace, bytes: UInt64, at time: Duration) -> DataKeyAnswer? {
    guard let entry = entries[place] else { return nil }
    let answer = entry.expiry > time ? use(entry, place, bytes: bytes) : nil
    if answer == nil { entries[place] = nil }
    return answer
  }

  /// Lets a waiter wait for a call that is under way already.
  mutating func join(_ place: DataKeyPlace, _ waiter: DataKeyWaiter) -> Bool {
    guard flights[place] != nil else { return false }
    flights[place]?.waiters.append(waiter)
    return true
  }

  /// Takes a waiter out. When it was the last one the call is given up too: `abandoned` is to be cancelled.
  mutating func leave(_ place: DataKeyPlace, _ id: UInt64) -> (waiter: DataKeyWaiter, abandoned: Task<Void, Never>?)? {
    guard var flight = flights[place], let index = flight.waiters.firstIndex(where: { $0.id == id }) else { return nil }
    let waiter = flight.waiters.remove(at: index)
    flights[place] = flight.waiters.isEmpty ? nil : flight
    return (waiter, flight.waiters.isEmpty ? flight.task : nil)
  }

  /// Ends a call: keeps what it brought, and says what to tell those who waited. At least one of them gets a key.
  mutating func land(
    _ place: DataKeyPlace, _ id: UInt64, _ result: Result<DataKey, EnvelopeError>, at time: Duration
  ) -> [(DataKeyWaiter, DataKeyAnswer)] {
    guard let flight = flights[place], flight.id == id else { return [] }
    flights[place] = nil
    switch result {
    case .failure(let error):
      return flight.waiters.map { ($0, .failed(error)) }
    case .success(let dataKey):
      removeExpired(at: time)
      let entry = Entry(dataKey: dataKey, expiry: time + limits.age, lastUse: nextID())
      if limits.age > .zero, flight.isKept { insert(entry, place) }
      return flight.waiters.map { ($0, use(entry, place, bytes: $0.bytes) ?? .usedUp) }
    }
  }

  mutating func removeAll() {
    entries.removeAll()
    for place in flights.keys { flights[place]?.isKept = false }
  }

  mutating func removeExpired(at time: Duration) {
    entries = entries.filter { $0.value.expiry > time }
  }

  private mutating func insert(_ entry: Entry, _ place: DataKeyPlace) {
    if entries.count >= max(limits.entries, 1),
      let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key
    {
      entries[oldest] = nil
    }
    entries[place] = entry
  }

  private mutating func use(_ entry: Entry, _ place: DataKeyPlace, bytes: UInt64) -> DataKeyAnswer? {
    // Opening wears no key: how many messages there are was decided by who sealed them.
    if place.wrappedKey == nil {
      guard entry.usage.addMessage(bytes: bytes, limits: limits) else { return nil }
    }
    let id = nextID()
    entries[place]?.lastUse = id
    return .dataKey(entry.dataKey, place.wrappedKey == nil ? entry.usage : nil)
  }
}
