// Reading and writing times against an independent calendar.

import Foundation
import Testing

@testable import AWSSigV4

struct SigningTimeTests {
  @Test(
    arguments: [
      (0, "19700101T000000Z"), (1_440_938_160, "20150830T123600Z"), (951_782_400, "20000229T000000Z"),
      (951_868_800, "20000301T000000Z"), (4_107_542_400, "21000301T000000Z"), (-1, "19691231T235959Z"),
      (-62_167_219_200, "00000101T000000Z"), (253_402_300_799, "99991231T235959Z"),
    ] as [(Int64, String)])
  func known(seconds: Int64, text: String) {
    let time = SigningTime(secondsSinceEpoch: seconds)
    #expect(time.timestamp == text)
    #expect(time.date == String(text.prefix(8)))
    #expect(SigningTime(timestamp: text) == time)
  }

  @Test func agreesWithFoundationOverAThousandYears() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    for step in 0..<4000 {
      let seconds = Int64(step) * 7_889_231 + 12_345  // about three months apart, at changing times of day
      let parts = calendar.dateComponents(
        [.year, .month, .day, .hour, .minute, .second], from: Date(timeIntervalSince1970: TimeInterval(seconds)))
      let expected = String(
        format: "%04d%02d%02dT%02d%02d%02dZ", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0, parts.hour ?? 0,
        parts.minute ?? 0, parts.second ?? 0)
      let time = SigningTime(secondsSinceEpoch: seconds)
      #expect(time.timestamp == expected)
      #expect(SigningTime(timestamp: expected) == time)
    }
  }

  @Test func everyDayOfFourCenturiesRoundTrips() {
    for day in -719_528..<(-719_528 + 146_097) {
      let date = CivilDate(daysSinceEpoch: day)
      #expect(date.daysSinceEpoch == day && CivilDate(year: date.year, month: date.month, day: date.day) == date)
    }
  }

  @Test(arguments: [
    "", "20150830", "20150830T123600", "20150830T123600z", "20150830t123600Z", "20150830 123600Z", "20150830T123600Z ",
    "2015083OT123600Z", "20150230T123600Z", "20150431T123600Z", "20151301T123600Z", "20150001T123600Z",
    "20150800T123600Z", "20150830T243600Z", "20150830T126000Z", "20150830T123660Z", "21000229T000000Z",
    "+0150830T123600Z", "٢٠١٥٠٨٣٠T١٢٣٦٠٠Z",
  ])
  func refuses(text: String) {
    #expect(SigningTime(timestamp: text) == nil)
  }

  @Test(
    arguments: [
      ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777), ("Sun, 30 Aug 2015 12:36:00 GMT", 1_440_938_160),
      ("Sun, 30 Aug 2015 12:36:00 -0000", 1_440_938_160), ("Sun, 30 Aug 2015 12:36:00 +0000", 1_440_938_160),
    ] as [(String, Int64)])
  func httpDate(text: String, seconds: Int64) {
    #expect(SigningTime(httpDate: text)?.secondsSinceEpoch == seconds)
  }

  @Test(arguments: [
    "", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 06 Nov 1994 08:49:37 +0100", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 ",
    "Sun, 06 Nov 1994 08:49:3 GMT", "Sun, 06 Nov 1994 08:49:37 GMT GMT",
    "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMT ",
  ])
  func refusesHTTPDate(text: String) {
    #expect(SigningTime(httpDate: text) == nil)
  }

  @Test func farAwayTimesStayWritable() {
    #expect(SigningTime(secondsSinceEpoch: .min).timestamp == "00000101T000000Z")
    #expect(SigningTime(secondsSinceEpoch: .max).timestamp == "99991231T235959Z")
    #expect(SigningTime(secondsSinceEpoch: 0).advanced(bySeconds: .max).timestamp == "99991231T235959Z")
    #expect(SigningTime(secondsSinceEpoch: 5) < SigningTime(secondsSinceEpoch: 6))
  }
}
