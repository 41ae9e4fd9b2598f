// Instants as policies write them.

/// A month, a date, a date with a time in some zone (ISO 8601 as in W3C's note), or a number of seconds.
enum ISO8601Instant {
  /// Seconds since 1970, or nil. A date or a month alone is its beginning in UTC; a time needs a zone.
  static func parse(_ text: String) -> Double? {
    if let seconds = DecimalNumber.parse(text) { return seconds }
    var rest = text[...].utf8
    guard let days = days(&rest) else { return nil }
    let midnight = Double(days) * 86_400
    if rest.isEmpty { return midnight }
    guard take("T", &rest), let time = secondsOfDay(&rest), let offset = offset(&rest), rest.isEmpty else { return nil }
    return midnight + time - offset
  }

  /// `YYYY-MM-DD`, or `YYYY-MM` for the first of the month, as days since 1970.
  private static func days(_ rest: inout Substring.UTF8View) -> Int? {
    guard let year = number(digits: 4, &rest), take("-", &rest), let month = number(digits: 2, &rest),
      let day = rest.isEmpty ? 1 : day(&rest), (1...12).contains(month), day >= 1,
      day <= length(ofMonth: month, year)
    else { return nil }
    // Years begin in March here, so that leap days come last. The year 0 has no January to ask about.
    let years = month > 2 ? year : year - 1
    guard years >= 0 else { return nil }
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return years * 365 + years / 4 - years / 100 + years / 400 + dayOfYear - 719_468
  }

  private static func day(_ rest: inout Substring.UTF8View) -> Int? {
    take("-", &rest) ? number(digits: 2, &rest) : nil
  }

  private static func length(ofMonth month: Int, _ year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// `hh:mm`, `hh:mm:ss`, or that with a fraction.
  private static func secondsOfDay(_ rest: inout Substring.UTF8View) -> Double? {
    guard let minutes = hoursAndMinutes(&rest) else { return nil }
    guard take(":", &rest) else { return Double(minutes * 60) }
    guard let seconds = number(digits: 2, &rest), seconds < 60 else { return nil }
    let whole = Double(minutes * 60 + seconds)
    return take(".", &rest) ? fraction(&rest).map { whole + $0 } : whole
  }

  private static func fraction(_ rest: inout Substring.UTF8View) -> Double? {
    var (value, unit, digits) = (0.0, 1.0, 0)
    while let byte = rest.first, (0x30...0x39).contains(byte), digits < 9 {
      value = value * 10 + Double(byte - 0x30)
      unit *= 10
      digits += 1
      rest = rest.dropFirst()
    }
    return digits == 0 ? nil : value / unit
  }

  /// `Z`, or what local time is ahead of UTC: `+hh:mm`, `-hhmm`. In seconds.
  private static func offset(_ rest: inout Substring.UTF8View) -> Double? {
    if take("Z", &rest) { return 0 }
    let isAhead = take("+", &rest)
    guard isAhead || take("-", &rest), let minutes = hoursAndMinutes(&rest, isColonOptional: true) else { return nil }
    return Double(minutes * 60) * (isAhead ? 1 : -1)
  }

  /// In minutes.
  private static func hoursAndMinutes(
    _ rest: inout Substring.UTF8View, isColonOptional: Bool = false
  ) -> Int? {
    guard let hours = number(digits: 2, &rest), take(":", &rest) || isColonOptional,
      let minutes = number(digits: 2, &rest), hours < 24, minutes < 60
    else { return nil }
    return hours * 60 + minutes
  }

  private static func number(digits: Int, _ rest: inout Substring.UTF8View) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let byte = rest.first, (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
      rest = rest.dropFirst()
    }
    return value
  }

  private static func take(_ character: Unicode.Scalar, _ rest: inout Substring.UTF8View) -> Bool {
    guard rest.first.map({ UInt32($0) == character.value }) == true else { return false }
    rest = rest.dropFirst()
    return true
  }
}
