// Reads and changes on one connection, inside a transaction that somebody else begins and ends.

import GRDB
import KMSDomain

/// A change to a record that is not there.
struct MissingRecordError: Error, CustomStringConvertible {
  /// The record's table and primary key.
  let record: String
  var description: String { "There is no \(record) to change." }
}

/// A transaction, or a snapshot: then the connection is read-only.
///
/// The methods of `StoreReader` and `StoreTransaction` are in the files beside this one.
final class SQLiteTransaction {
  private let database: Database
  /// The first failure of a call, which the transaction does not survive.
  private var failure: Fault?

  /// The transaction that `database` is in.
  init(_ database: Database) {
    self.database = database
  }

  /// Runs a caller's body. A failure that the body passed over is the result all the same: what such a call has
  /// left behind is not known, so it must not be committed.
  func result<Value>(of body: (SQLiteTransaction) throws(Fault) -> Value) -> Result<Value, Fault> {
    do {
      let value = try body(self)
      if let failure { return .failure(failure) }
      return .success(value)
    } catch {
      return .failure(failure ?? error)
    }
  }

  /// Runs `access`; whatever goes wrong in it is an internal failure.
  func perform<Value>(_ access: () throws -> Value) throws(Fault) -> Value {
    do {
      return try access()
    } catch {
      let fault = Fault.internalFailure(error)
      if failure == nil { failure = fault }
      throw fault
    }
  }

  /// Every row of a query, read by `decode`.
  func fetch<Value>(
    _ statement: StoreStatement, _ arguments: [(any DatabaseValueConvertible)?], _ decode: (Row) throws -> Value
  ) throws -> [Value] {
    let rows = try Row.fetchCursor(
      database.cachedStatement(sql: statement.rawValue), arguments: StatementArguments(arguments))
    var values: [Value] = []
    while let row = try rows.next() { values.append(try decode(row)) }
    return values
  }

  /// Executes a statement that returns no rows.
  ///
  /// - Returns: how many rows it changed itself, those of cascades not counted.
  @discardableResult
  func execute(_ statement: StoreStatement, _ arguments: [(any DatabaseValueConvertible)?]) throws -> Int {
    try database.cachedStatement(sql: statement.rawValue).execute(arguments: StatementArguments(arguments))
    return database.changesCount
  }
}

extension SQLiteTransaction: StoreTransaction {}
