// The three timestamp formats, against Foundation's calendar and the documents' own examples.

import AWSJSON
import Foundation
import Testing

@Suite("Timestamps")
struct TimestampTests {
  private func read(_ text: String, _ format: TimestampFormat = .epochSeconds) throws(JSONError) -> Date {
    var reader = JSONReader(Array(text.utf8))
    let date = try reader.readTimestamp(format)
    try reader.finish()
    return date
  }

  private func write(_ seconds: Double, _ format: TimestampFormat = .epochSeconds) -> String {
    var writer = JSONWriter()
    writer.timestamp(Date(timeIntervalSince1970: seconds), format)
    return String(decoding: writer.finish(), as: UTF8.self)
  }

  @Test(
    "epoch seconds there and back",
    arguments: [
      "1593622000.191", "0", "1", "-1", "0.5", "-0.5", "-0.001", "1593622000", "1593622000.1", "1593622000.19",
      "1593622000.001",
      "253402300799.999", "-62135596800", "951782400", "-1593622000.191", "4102444800.05",
    ])
  func epochSeconds(text: String) throws {
    let date = try read(text)
    #expect(write(date.timeIntervalSince1970) == text)
  }

  @Test("every millisecond of the samples survives a round trip")
  func milliseconds() throws {
    for second in [1_593_622_000, 0, 4_102_444_799, 253_402_300_799, -62_135_596_800 + 1] {
      for millisecond in 0..<1000 {
        let sent = Double(second) + Double(millisecond) / 1000
        let text = write(sent)
        #expect(abs(try read(text).timeIntervalSince1970 - sent) < 0.0005)
        #expect(write(try read(text).timeIntervalSince1970) == text)
        #expect(!text.contains("e") && text.split(separator: ".").last.map { $0.count <= 12 } == true)
      }
    }
  }

  @Test(
    "epoch seconds in other spellings",
    arguments: [
      ("1.593622000191E9", 1_593_622_000.191), ("15936220e2", 1_593_622_000),
      ("1593622000.1914567", 1_593_622_000.191_456_7),
    ])
  func spellings(text: String, seconds: Double) throws {
    #expect(try read(text) == Date(timeIntervalSince1970: seconds))
  }

  @Test(
    "times nobody can mean are refused",
    arguments: ["1e300", "-1e300", "1e999999", "253402300800", "-62135596801", "1593622000191000"])
  func outOfRange(text: String) {
    #expect(throws: JSONError.invalidTimestamp(offset: 1)) { try read(" \(text)") }
  }

  @Test("times that cannot be written become the nearest that can")
  func clamping() {
    #expect(write(.nan) == "-62135596800")
    #expect(write(-.infinity) == "-62135596800")
    #expect(write(.infinity) == "253402300799.999")
    #expect(write(1e300, .dateTime) == #""9999-12-31T23:59:59.999Z""#)
    #expect(write(-1e300, .httpDate) == #""Mon, 01 Jan 0001 00:00:00 GMT""#)
    #expect(write(1_593_622_000.9996) == "1593622001")
  }

  @Test(
    "RFC 3339",
    arguments: [
      ("1985-04-12T23:20:50.52Z", 482_196_050.52), ("2000-01-02T20:34:56.123Z", 946_845_296.123),
      ("2000-01-02T20:34:56Z", 946_845_296),
      ("2019-12-16T22:48:18-01:00", 1_576_540_098), ("2019-12-17T00:48:18+01:00", 1_576_540_098),
      ("1970-01-01T00:00:00Z", 0),
      ("1969-12-31T23:59:59Z", -1), ("2000-02-29T00:00:00z", 951_782_400),
      ("2020-07-01t16:46:40.191Z", 1_593_622_000.191),
      ("0001-01-01T00:00:00Z", -62_135_596_800), ("9999-12-31T23:59:59Z", 253_402_300_799),
      ("1990-12-31T23:59:59.1234567890123Z", 662_687_999.123456789),
    ])
  func dateTime(text: String, seconds: Double) throws {
    #expect(abs(try read("\"\(text)\"", .dateTime).timeIntervalSince1970 - seconds) < 0.000_001)
  }

  @Test(
    "what is not RFC 3339",
    arguments: [
      "", "2020", "2020-07-01", "2020-07-01T16:46:40", "2020-07-01T16:46:40.Z", "2020-07-01 16:46:40Z",
      "2020-7-1T16:46:40Z",
      "2020-13-01T00:00:00Z", "2020-00-01T00:00:00Z", "2020-02-30T00:00:00Z", "2021-02-29T00:00:00Z",
      "1900-02-29T00:00:00Z",
      "2020-04-31T00:00:00Z", "2020-01-00T00:00:00Z", "2020-01-01T24:00:00Z", "2020-01-01T00:60:00Z",
      "2020-01-01T00:00:60Z",
      "0000-01-01T00:00:00Z", "2020-01-01T00:00:00+1:00", "2020-01-01T00:00:00+24:00", "2020-01-01T00:00:00+00:60",
      "2020-01-01T00:00:00Zx", "x2020-01-01T00:00:00Z", "20２0-01-01T00:00:00Z", "+020-01-01T00:00:00Z",
      "2020-01-01T00:00:00",
      "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00",
    ])
  func notDateTime(text: String) {
    #expect(throws: JSONError.invalidTimestamp(offset: 0)) { try read("\"\(text)\"", .dateTime) }
  }

  @Test(
    "HTTP dates",
    arguments: [
      ("Tue, 29 Apr 2014 18:30:38 GMT", 1_398_796_238), ("Sun, 02 Jan 2000 20:34:56 GMT", 946_845_296),
      ("Sun, 02 Jan 2000 20:34:56.456 GMT", 946_845_296.456), ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
    ])
  func httpDate(text: String, seconds: Double) throws {
    #expect(abs(try read("\"\(text)\"", .httpDate).timeIntervalSince1970 - seconds) < 0.000_001)
    #expect(write(seconds, .httpDate) == "\"\(text.replacing(".456", with: ""))\"")
  }

  @Test(
    "what is not an HTTP date",
    arguments: [
      "", "Mon, 29 Apr 2014 18:30:38 GMT", "Tue, 29 Apr 2014 18:30:38", "Tue, 29 Apr 2014 18:30:38 UTC",
      "tue, 29 Apr 2014 18:30:38 GMT",
      "Tue, 9 Apr 2014 18:30:38 GMT", "Tuesday, 29-Apr-14 18:30:38 GMT", "Tue Apr 29 18:30:38 2014",
      "Tue, 31 Apr 2014 18:30:38 GMT",
    ])
  func notHTTPDate(text: String) {
    #expect(throws: JSONError.invalidTimestamp(offset: 0)) { try read("\"\(text)\"", .httpDate) }
  }

  @Test("the calendar agrees with Foundation's over all its years")
  func calendar() throws {
    var random = SeededGenerator(seed: 3)
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: false)
    // Foundation turns to the Julian calendar before 1582.
    let days = (-141_400...2_932_896).striding(by: 397, using: &random)
    for day in days {
      let seconds = Double(day * 86_400 + Int.random(in: 0..<86_400, using: &random))
      let date = Date(timeIntervalSince1970: seconds)
      #expect(write(seconds, .dateTime) == "\"\(date.formatted(style))\"")
      #expect(try read(write(seconds, .dateTime), .dateTime) == date)
      #expect(try read(write(seconds, .httpDate), .httpDate) == date)
    }
    for day in (-719_162 ... -141_400).striding(by: 397, using: &random) {
      let date = Date(timeIntervalSince1970: Double(day) * 86_400)
      #expect(try read(write(Double(day) * 86_400, .dateTime), .dateTime) == date)
    }
  }
}

extension ClosedRange<Int> {
  /// Members about `step` apart, at random.
  fileprivate func striding(by step: Int, using random: inout SeededGenerator) -> [Int] {
    Array(stride(from: lowerBound + Int.random(in: 0..<step, using: &random), through: upperBound, by: step))
  }
}
