// Work that many ask for at once, done once.

import Synchronization

/// Lets those who ask for the same thing while it is being done wait for one result.
final class SharedWork<Name: Hashable & Sendable, Value: Sendable>: Sendable {
  private let underWay = Mutex<[Name: Task<Value, Never>]>([:])

  /// The result of `work`, which is begun unless it is under way. Cancelling the caller does not stop it.
  func result(of name: Name, _ work: @escaping @Sendable () async -> Value) async -> Value {
    let task = underWay.withLock { underWay in
      if let task = underWay[name] { return task }
      let task = Task {
        let value = await work()
        self.underWay.withLock { $0[name] = nil }
        return value
      }
      underWay[name] = task
      return task
    }
    return await task.value
  }
}
