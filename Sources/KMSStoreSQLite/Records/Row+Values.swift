// The domain's values in rows and arguments. A row that does not make sense is an error, never a trap.

import struct FoundationEssentials.Data
import struct FoundationEssentials.Date
import GRDB
import KMSDomain

/// A value in the database that means nothing to this version.
struct UnreadableValueError: Error, CustomStringConvertible {
  /// The column in the query's result.
  let column: String
  var description: String { "The database holds an unreadable value for \(column)." }
}

/// An argument for text that may hold anything: GRDB would bind a string only up to its first NUL.
func bindable(_ text: String) -> any DatabaseValueConvertible {
  text.utf8.contains(0) ? Data(text.utf8) : text
}

extension Row {
  /// Text without NULs.
  func text(_ column: Int) throws -> String {
    try decode(String.self, atIndex: column)
  }

  /// Text that may have NULs, selected as a blob.
  func freeText(_ column: Int) throws -> String {
    String(decoding: try decode(Data.self, atIndex: column), as: UTF8.self)
  }

  /// Bytes.
  func bytes(_ column: Int) throws -> [UInt8] {
    [UInt8](try decode(Data.self, atIndex: column))
  }

  /// An instant.
  func instant(_ column: Int) throws -> Date {
    StoredInstant(milliseconds: try decode(Int64.self, atIndex: column)).date
  }

  /// Text that stands for a value of the domain.
  func parsed<Value>(_ column: Int, _ parse: (String) -> Value?) throws -> Value {
    guard let value = parse(try text(column)) else { throw unreadable(column) }
    return value
  }

  /// The error for a column whose value makes no sense.
  func unreadable(_ column: Int) -> UnreadableValueError {
    UnreadableValueError(column: columnNames.dropFirst(column).first ?? "column \(column)")
  }
}
