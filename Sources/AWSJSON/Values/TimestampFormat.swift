// The three ways Smithy writes a time, and the range in which all of them work.

/// How a timestamp is written (Smithy's `timestampFormat`). awsJson uses epoch seconds unless the model says otherwise.
public enum TimestampFormat: Sendable, CaseIterable {
  /// A number of seconds since 1970, with a fraction down to milliseconds: `1593622000.191`.
  case epochSeconds
  /// RFC 3339: `2020-07-01T16:46:40.191Z`. Read with any offset, written in UTC.
  case dateTime
  /// RFC 9110 §5.6.7, IMF-fixdate: `Wed, 01 Jul 2020 16:46:40 GMT`. Written without a fraction.
  case httpDate
}

extension TimestampFormat {
  /// 0001-01-01T00:00:00Z to the end of 9999, in seconds since 1970.
  static let range: Range<Double> = -62_135_596_800..<253_402_300_800

  /// Whole milliseconds since 1970 for writing; times out of range go to its nearest end, and so does what is no number.
  static func milliseconds(_ seconds: Double) -> Int64 {
    guard seconds >= range.lowerBound else { return Int64(range.lowerBound) * 1000 }
    return Int64((min(seconds, range.upperBound - 0.001) * 1000).rounded())
  }
}
