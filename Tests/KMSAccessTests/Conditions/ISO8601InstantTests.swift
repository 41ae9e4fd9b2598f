// Instants as policies write them.

import Foundation
import Testing

@testable import KMSAccess

@Suite struct ISO8601InstantTests {
  @Test(arguments: [
    ("0", 0), ("1704067200", 1_704_067_200), ("-1.5", -1.5), ("1.7e9", 1_700_000_000), ("1970-01-01", 0),
    ("2024-01-01", 1_704_067_200), ("2024-01-01T00:00:00Z", 1_704_067_200), ("2024-01-01T00:00Z", 1_704_067_200),
    ("2024-01-01T01:30:00+01:30", 1_704_067_200), ("2023-12-31T16:00:00-0800", 1_704_067_200),
    ("2024-01-01T00:00:00.25Z", 1_704_067_200.25), ("2024-02-29T23:59:59Z", 1_709_251_199),
    ("1969-12-31T23:59:59Z", -1), ("9999-12-31T23:59:59Z", 253_402_300_799), ("2000-02-29", 951_782_400),
    ("2024-01", 1_704_067_200), ("2024-02", 1_706_745_600),
  ])
  func wellFormed(text: String, seconds: Double) {
    #expect(ISO8601Instant.parse(text) == seconds)
  }

  @Test(arguments: [
    "", "soon", "2024-13-01", "2024-00-01", "2024-01-00", "2024-04-31", "2023-02-29", "1900-02-29", "24-01-01",
    "2024-1-1", "2024-01-01T", "2024-01-01T00:00:00", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z",
    "2024-01-01T00:00:60Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00ZZ", "2024-01-01T00:00:00z",
    "2024-01-01T0000Z", "2024-01-01 00:00:00Z", "2024-01-01T00:00:00+1", "2024-01-01T00:00:00+24:00", " 2024-01-01",
    "2024-01-01Z", "２024-01-01", "inf", "nan", "0x10", "1e999",
    "2024-13", "2024-00", "2024-1", "2024-01-", "2024-01T00:00Z",
  ])
  func malformed(text: String) {
    #expect(ISO8601Instant.parse(text) == nil)
  }

  @Test func everyDayOfSomeCenturies() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
    // From 1896 to 2104, so that years are met which are divisible by 100 and by 400. Steps of 11 days meet every day
    // of the year.
    for days in stride(from: -27_000, to: 49_000, by: 11) {
      let seconds = Double(days) * 86_400
      let date = calendar.dateComponents([.year, .month, .day], from: Date(timeIntervalSince1970: seconds))
      let fields = try [#require(date.year), #require(date.month), #require(date.day)]
      let text = fields.map { ($0 < 10 ? "0" : "") + String($0) }.joined(separator: "-")
      #expect(ISO8601Instant.parse(text) == seconds, "\(text)")
    }
  }
}
