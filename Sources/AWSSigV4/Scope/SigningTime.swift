// The time of a signature: whole seconds, written `yyyyMMdd'T'HHmmss'Z'`.

/// A moment in UTC with a resolution of one second.
///
/// Reading and writing are done by civil-date arithmetic: formatters cost more than the whole of a verification.
public struct SigningTime: Sendable, Hashable, Comparable {
  /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public let secondsSinceEpoch: Int64

  /// Makes a time; seconds outside the years 0 to 9999, which four digits cannot write, become the nearest end.
  public init(secondsSinceEpoch: Int64) {
    self.secondsSinceEpoch = min(max(secondsSinceEpoch, -62_167_219_200), 253_402_300_799)
  }

  /// Reads the basic form of ISO 8601 that `X-Amz-Date` has: `20150830T123600Z`, nothing else.
  public init?(timestamp text: String) {
    let seconds: Int64? = text.withBytes { bytes in
      guard bytes.count == 16, bytes[8] == UInt8(ascii: "T"), bytes[15] == UInt8(ascii: "Z"),
        let year = bytes.decimal(in: 0..<4), let month = bytes.decimal(in: 4..<6), let day = bytes.decimal(in: 6..<8),
        let hour = bytes.decimal(in: 9..<11), let minute = bytes.decimal(in: 11..<13),
        let second = bytes.decimal(in: 13..<15)
      else { return nil }
      return CivilDate(year: year, month: month, day: day)?.seconds(hour: hour, minute: minute, second: second)
    }
    guard let seconds else { return nil }
    secondsSinceEpoch = seconds
  }

  /// Reads the preferred form of an HTTP `Date` field (RFC 9110 §5.6.7): `Sun, 30 Aug 2015 12:36:00 GMT`. In place of
  /// `GMT` it takes `+0000` and `-0000` (RFC 5322 §3.3), the last of which botocore writes.
  public init?(httpDate text: String) {
    let seconds: Int64? = text.withBytes { bytes in
      guard bytes.count >= 26, bytes.matches(", ", in: 3..<5),
        universalZones.contains(where: { bytes.matches($0, in: 25..<bytes.count) }),
        bytes[7] == 0x20, bytes[11] == 0x20, bytes[16] == 0x20, bytes[19] == UInt8(ascii: ":"),
        bytes[22] == UInt8(ascii: ":"),
        let day = bytes.decimal(in: 5..<7), let year = bytes.decimal(in: 12..<16),
        let hour = bytes.decimal(in: 17..<19), let minute = bytes.decimal(in: 20..<22),
        let second = bytes.decimal(in: 23..<25),
        let month = monthNames.firstIndex(where: { bytes.matches($0, in: 8..<11) })
      else { return nil }
      return CivilDate(year: year, month: month + 1, day: day)?.seconds(hour: hour, minute: minute, second: second)
    }
    guard let seconds else { return nil }
    secondsSinceEpoch = seconds
  }

  /// The value of an `X-Amz-Date` field: `20150830T123600Z`.
  public var timestamp: String {
    var bytes: [UInt8] = []
    append(timestampTo: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The date in a credential scope: `20150830`.
  public var date: String {
    var bytes: [UInt8] = []
    append(dateTo: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether `text` is this time's ``date``.
  func isOn(date text: String) -> Bool {
    let date = civilDate
    return text.withBytes { bytes in
      bytes.count == 8 && bytes.decimal(in: 0..<4) == date.year && bytes.decimal(in: 4..<6) == date.month
        && bytes.decimal(in: 6..<8) == date.day
    }
  }

  public static func < (left: SigningTime, right: SigningTime) -> Bool {
    left.secondsSinceEpoch < right.secondsSinceEpoch
  }

  /// The time `seconds` later (earlier when negative).
  func advanced(bySeconds seconds: Int64) -> SigningTime {
    let (sum, overflow) = secondsSinceEpoch.addingReportingOverflow(seconds)
    return SigningTime(secondsSinceEpoch: overflow ? (seconds < 0 ? .min : .max) : sum)
  }

  func append(timestampTo bytes: inout [UInt8]) {
    append(dateTo: &bytes)
    let seconds = secondOfDay
    bytes.append(UInt8(ascii: "T"))
    bytes.append(twoDigits: seconds / 3600)
    bytes.append(twoDigits: seconds / 60 % 60)
    bytes.append(twoDigits: seconds % 60)
    bytes.append(UInt8(ascii: "Z"))
  }

  private func append(dateTo bytes: inout [UInt8]) {
    let date = civilDate
    bytes.append(twoDigits: date.year / 100)
    bytes.append(twoDigits: date.year % 100)
    bytes.append(twoDigits: date.month)
    bytes.append(twoDigits: date.day)
  }

  private var civilDate: CivilDate {
    CivilDate(daysSinceEpoch: Int((secondsSinceEpoch - Int64(secondOfDay)) / 86_400))
  }

  private var secondOfDay: Int {
    let remainder = Int(secondsSinceEpoch % 86_400)
    return remainder < 0 ? remainder + 86_400 : remainder
  }
}

/// Universal time, as HTTP and as mail write it.
private let universalZones = [" GMT", " +0000", " -0000"]

private let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

extension CivilDate {
  /// Seconds since the epoch at a time of this day; nil when there is no such time.
  fileprivate func seconds(hour: Int, minute: Int, second: Int) -> Int64? {
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return Int64(daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
  }
}

extension Span<UInt8> {
  /// The number that the decimal digits in `range` write; nil when something else is among them.
  fileprivate func decimal(in range: Range<Int>) -> Int? {
    var number = 0
    for index in range {
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= self[index] else { return nil }
      number = number * 10 + Int(self[index] - UInt8(ascii: "0"))
    }
    return number
  }
}

extension [UInt8] {
  /// Appends a number from 0 to 99.
  fileprivate mutating func append(twoDigits number: Int) {
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }
}
