// The times that credentials come with.

internal import AWSSigV4

extension SigningTime {
  /// Reads a time of RFC 3339, `2026-05-29T00:21:43Z`, with or without a fraction of a second, which is dropped; the
  /// offset may also be written without its colon, as ISO 8601 has it. Nil for anything else.
  init?(dateTime text: String) {
    let bytes = Array(text.utf8)
    guard (20...40).contains(bytes.count), bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":")
    else { return nil }
    let parts = [bytes[0..<4], bytes[5..<7], bytes[8..<13], bytes[14..<16], bytes[17..<19]]
    let basic = String(decoding: parts.joined(), as: UTF8.self) + "Z"
    guard let local = SigningTime(timestamp: basic), let offset = Self.offset(bytes[19...]) else { return nil }
    self.init(secondsSinceEpoch: local.secondsSinceEpoch - offset)
  }

  /// The seconds east of UTC that the end of a time says: `Z`, `.123Z`, `+02:00`, `-0330`.
  private static func offset(_ text: ArraySlice<UInt8>) -> Int64? {
    var rest = text
    if rest.first == UInt8(ascii: ".") {
      let digits = rest.dropFirst().prefix(while: isDigit)
      guard !digits.isEmpty else { return nil }
      rest = rest[digits.endIndex...]
    }
    guard let sign = rest.popFirst() else { return nil }
    if sign == UInt8(ascii: "Z") { return rest.isEmpty ? 0 : nil }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
    let hours = rest.prefix(2)
    var minutes = rest.dropFirst(2)
    if minutes.first == UInt8(ascii: ":") { minutes.removeFirst() }
    guard let hours = number(hours), hours < 24, let minutes = number(minutes), minutes < 60 else { return nil }
    let seconds = hours * 3600 + minutes * 60
    return sign == UInt8(ascii: "-") ? -seconds : seconds
  }

  /// The number that two digits write.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
    guard digits.count == 2, digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
