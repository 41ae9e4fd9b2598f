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
func bindable(_ text: String?) -> (any DatabaseValueConvertible)? {
  guard let text else { return nil }
  return text.utf8.contains(0) ? Data(text.utf8) : text
}

/// An argument for bytes, which GRDB would bind as NULL if they are empty.
func bindable(_ bytes: [UInt8]?) -> (any DatabaseValueConvertible)? {
  guard let bytes else { return nil }
  return bytes.isEmpty ? "" : Data(bytes)
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

  /// As above; nil for NULL.
  func optionalFreeText(_ column: Int) throws -> String? {
    try decode(Data?.self, atIndex: column).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Bytes.
  func bytes(_ column: Int) throws -> [UInt8] {
    [UInt8](try decode(Data.self, atIndex: column))
  }

  /// As above; nil for NULL.
  func optionalBytes(_ column: Int) throws -> [UInt8]? {
    try decode(Data?.self, atIndex: column).map { [UInt8]($0) }
  }

  /// An instant.
  func instant(_ column: Int) throws -> Date {
    StoredInstant(milliseconds: try decode(Int64.self, atIndex: column)).date
  }

  /// As above; nil for NULL.
  func optionalInstant(_ column: Int) throws -> Date? {
    try decode(Int64?.self, atIndex: column).map { StoredInstant(milliseconds: $0).date }
  }

  /// A count.
  func count(_ column: Int) throws -> Int {
    try decode(Int.self, atIndex: column)
  }

  /// Text that stands for a value of the domain.
  func parsed<Value>(_ column: Int, _ parse: (String) -> Value?) throws -> Value {
    guard let value = parse(try text(column)) else { throw unreadable(column) }
    return value
  }

  /// As above; nil for NULL.
  func optionallyParsed<Value>(_ column: Int, _ parse: (String) -> Value?) throws -> Value? {
    try decode(String?.self, atIndex: column) == nil ? nil : try parsed(column, parse)
  }

  /// The values that comma-separated text stands for; none for the empty text.
  func list<Value>(_ column: Int, _ parse: (String) -> Value?) throws -> [Value] {
    try text(column).split(separator: ",").map { element in
      guard let value = parse(String(element)) else { throw unreadable(column) }
      return value
    }
  }

  /// The error for a column whose value makes no sense.
  func unreadable(_ column: Int) -> UnreadableValueError {
    UnreadableValueError(column: columnNames.dropFirst(column).first ?? "column \(column)")
  }
}
