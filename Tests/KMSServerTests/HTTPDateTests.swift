// The Date header against published examples and against Foundation's calendar.

import Foundation
import Testing

@testable import KMSServer

@Suite
struct HTTPDateTests {
  @Test(arguments: [
    (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),  // RFC 9110 §5.6.7
    (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
    (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"),
    (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
    (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
  ])
  func rendersKnownDates(seconds: Int, text: String) {
    #expect(String(decoding: HTTPDate.render(seconds), as: UTF8.self) == text)
  }

  @Test func agreesWithFoundationOverFourCenturies() {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "GMT")
    formatter.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    // A step that is prime in seconds visits every hour, weekday and month.
    for seconds in stride(from: 0, to: 400 * 365 * 86_400, by: 1_299_709) {
      let expected = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
      #expect(String(decoding: HTTPDate.render(seconds), as: UTF8.self) == expected)
    }
  }

  @Test func tellsTheCurrentSecond() {
    var date = HTTPDate()
    let before = Int(Date().timeIntervalSince1970)
    let text = date.current()
    let after = Int(Date().timeIntervalSince1970)
    #expect((before - 1...after + 1).contains { HTTPDate.render($0) == text })
  }
}
