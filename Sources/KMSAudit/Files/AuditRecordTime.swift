// When a record's event happened, read back from its line.

import AWSJSON
import FoundationEssentials

/// The `eventTime` of a record.
enum AuditRecordTime {
  /// Nil for a line that is no record.
  static func read(_ line: ArraySlice<UInt8>) -> Date? {
    var reader = JSONReader(Array(line))
    return try? read(&reader)
  }

  private static func read(_ reader: inout JSONReader) throws(JSONError) -> Date? {
    try reader.beginObject()
    while let name = try reader.nextMember() {
      if "eventTime" ~= name { return try reader.readTimestamp(.dateTime) }
      try reader.skipValue()
    }
    return nil
  }
}
