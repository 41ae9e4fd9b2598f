// The Date header of answers: an IMF-fixdate, made once per second.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The current time as RFC 9110 §5.6.7 writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
struct HTTPDate {
  private var second = Int.min
  private var text: [UInt8] = []

  /// The 29 bytes for the current second.
  mutating func current() -> [UInt8] {
    let now = time(nil)
    if now != second {
      second = now
      text = Self.render(now)
    }
    return text
  }

  /// The 29 bytes for a time in seconds since 1970, which must not be negative.
  static func render(_ seconds: Int) -> [UInt8] {
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let date = civilDate(days: days)
    let text =
      "\(weekdays[(days + 4) % 7]), \(twoDigits(date.day)) \(months[date.month - 1]) \(date.year) "
      + "\(twoDigits(rest / 3600)):\(twoDigits(rest / 60 % 60)):\(twoDigits(rest % 60)) GMT"
    return [UInt8](text.utf8)
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// The Gregorian date that is `days` after 1970-01-01, counted in years that begin in March, so that the leap day
  /// is the last day of its year.
  private static func civilDate(days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468  // since 0000-03-01
    let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
