// Reads and changes that end as commands do.

import KMSDomain
import KMSStoreSQLite

extension SQLiteStore {
  /// Looks something up; a ``CommandFailure`` that `body` wraps in a fault comes out as it is.
  func look<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreReader) throws(Fault) -> Value
  ) async throws(CommandFailure) -> Value {
    do {
      return try await read(body)
    } catch {
      throw CommandFailure(error)
    }
  }

  /// Changes something, wholly or not at all; likewise.
  func change<Value: Sendable>(
    _ body: @escaping @Sendable (any StoreTransaction) throws(Fault) -> Value
  ) async throws(CommandFailure) -> Value {
    do {
      return try await write(body)
    } catch {
      throw CommandFailure(error)
    }
  }
}

extension Fault {
  /// Takes back a transaction and ends the command.
  static func command(_ status: CommandFailure.Status, _ message: String) -> Fault {
    Fault(.validation, cause: CommandFailure(status, message))
  }
}

extension CommandFailure {
  fileprivate init(_ fault: Fault) {
    if let failure = fault.cause as? CommandFailure {
      self = failure
    } else {
      self.init(
        .temporaryFailure, "the store cannot be used: \(fault.cause.map { "\($0)" } ?? fault.kind.rawValue)")
    }
  }
}
