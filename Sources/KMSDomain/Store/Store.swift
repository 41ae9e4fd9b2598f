// What the service asks of a database: consistent reads, and transactions that are durable before they return.

/// A place that keeps keys and all that belongs to them, principals and access keys.
///
/// Instants are kept to the millisecond: a date that is a whole number of milliseconds comes back equal, any other as
/// the nearest one that is. Text comes back scalar by scalar. Every backend passes the same conformance suite
/// (`KMSStoreTesting`).
public protocol Store: Sendable {
  /// Runs `body` on one consistent snapshot.
  func read<Result: Sendable>(
    _ body: @escaping @Sendable (any StoreReader) throws(Fault) -> Result
  ) async throws(Fault) -> Result

  /// Runs `body` in a serializable transaction. When this returns, the changes survive a crash; when it or `body` throws, nothing was changed.
  ///
  /// A transaction does not survive a call that fails: even if `body` passes over it, `write` throws that failure.
  /// `body` may run more than once, when its transaction has to be tried again; only its last run counts.
  func write<Result: Sendable>(
    _ body: @escaping @Sendable (any StoreTransaction) throws(Fault) -> Result
  ) async throws(Fault) -> Result

  /// Does what ``write(_:)`` does, and blocks the calling thread until then: for threads of the caller's own, which
  /// would lose time by handing the work to others. Never from within the body of a transaction.
  func writeAndWait<Result: Sendable>(
    _ body: @escaping @Sendable (any StoreTransaction) throws(Fault) -> Result
  ) throws(Fault) -> Result

  /// Lets go of the database. Calls after it fail.
  func close() async
}
