// Times as text: RFC 3339 and HTTP dates, read and written without a formatter.

/// The two textual timestamp formats.
enum TimestampText {
  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// Seconds since 1970 of `2020-07-01T16:46:40.191Z` or `…+02:00`; nil if it is not RFC 3339.
  static func parseDateTime(_ text: String) -> Double? {
    var cursor = Cursor(text)
    guard let year = cursor.number(digits: 4), cursor.skip("-"), let month = cursor.number(digits: 2), cursor.skip("-"),
      let day = cursor.number(digits: 2), cursor.skip("T") || cursor.skip("t"),
      let hour = cursor.number(digits: 2), cursor.skip(":"), let minute = cursor.number(digits: 2), cursor.skip(":"),
      let second = cursor.number(digits: 2), let fraction = cursor.fraction(), let offset = cursor.offset(),
      cursor.isAtEnd,
      let time = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
    else { return nil }
    return Double(time.secondsSince1970 - offset) + fraction
  }

  /// Seconds since 1970 of `Wed, 01 Jul 2020 16:46:40 GMT`, with or without a fraction; nil if it is not an IMF-fixdate.
  static func parseHTTPDate(_ text: String) -> Double? {
    var cursor = Cursor(text)
    guard let weekday = cursor.word(of: weekdays), cursor.skip(", "), let day = cursor.number(digits: 2),
      cursor.skip(" "), let month = cursor.word(of: months), cursor.skip(" "), let year = cursor.number(digits: 4),
      cursor.skip(" "), let hour = cursor.number(digits: 2), cursor.skip(":"),
      let minute = cursor.number(digits: 2), cursor.skip(":"), let second = cursor.number(digits: 2),
      let fraction = cursor.fraction(), cursor.skip(" GMT"), cursor.isAtEnd,
      let time = CivilTime(year: year, month: month + 1, day: day, hour: hour, minute: minute, second: second),
      time.weekday == weekday
    else { return nil }
    return Double(time.secondsSince1970) + fraction
  }

  /// RFC 3339 in UTC, with milliseconds only when there are any.
  static func dateTime(milliseconds: Int64) -> String {
    let (seconds, rest) = split(milliseconds)
    let time = CivilTime(secondsSince1970: seconds)
    let date = "\(padded(time.year, 4))-\(padded(time.month, 2))-\(padded(time.day, 2))"
    return "\(date)T\(clock(time))\(rest == 0 ? "" : "." + padded(rest, 3))Z"
  }

  /// An IMF-fixdate, rounded down to the second.
  static func httpDate(milliseconds: Int64) -> String {
    let time = CivilTime(secondsSince1970: split(milliseconds).seconds)
    let date = "\(padded(time.day, 2)) \(months[time.month - 1]) \(padded(time.year, 4))"
    return "\(weekdays[time.weekday]), \(date) \(clock(time)) GMT"
  }

  private static func split(_ milliseconds: Int64) -> (seconds: Int64, rest: Int) {
    let rest = (milliseconds % 1000 + 1000) % 1000
    return ((milliseconds - rest) / 1000, Int(rest))
  }

  private static func clock(_ time: CivilTime) -> String {
    "\(padded(time.hour, 2)):\(padded(time.minute, 2)):\(padded(time.second, 2))"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.utf8.count, 0)) + digits
  }
}

/// Walks over ASCII text. Each step either takes what it asks for or leaves the place as it is.
private struct Cursor {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ literal: String) -> Bool {
    guard rest.starts(with: literal.utf8) else { return false }
    rest = rest.dropFirst(literal.utf8.count)
    return true
  }

  mutating func number(digits: Int) -> Int? {
    let text = rest.prefix(digits)
    guard text.count == digits else { return nil }
    var value = 0
    for byte in text {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    rest = rest.dropFirst(digits)
    return value
  }

  /// The position in `words` of the word that comes next.
  mutating func word(of words: [String]) -> Int? { words.firstIndex { skip($0) } }

  /// `.191`, in seconds; 0 where there is none, nil where a dot has no digits behind it. Past nanoseconds it is cut off.
  mutating func fraction() -> Double? {
    guard skip(".") else { return 0 }
    var (value, scale, count) = (0.0, 1.0, 0)
    while let digit = number(digits: 1) {
      count += 1
      if count <= 9 { (value, scale) = (value * 10 + Double(digit), scale * 10) }
    }
    return count == 0 ? nil : value / scale
  }

  /// `Z` or `±hh:mm`, in seconds east of UTC.
  mutating func offset() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = number(digits: 2), hours < 24, skip(":"), let minutes = number(digits: 2), minutes < 60
    else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
