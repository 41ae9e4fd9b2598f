// The id of a KMS key, unique in its Region.

/// A key id: a lower-case UUID, or `mrk-` and 32 lower-case hex digits for a multi-Region key.
public struct KeyID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// The 36 characters.
  public let description: String

  /// Nil unless `text` has one of the two forms.
  public init?(_ text: some StringProtocol) {
    guard Self.isUUID(text.utf8) || Self.isMultiRegion(text.utf8) else { return nil }
    description = String(text)
  }

  /// Makes an id from 16 random bytes: a version-4 UUID, or the multi-Region form. Nil for any other count.
  public init?(random bytes: [UInt8], multiRegion: Bool) {
    guard bytes.count == 16 else { return nil }
    var bytes = bytes
    if !multiRegion {
      bytes[6] = bytes[6] & 0x0F | 0x40
      bytes[8] = bytes[8] & 0x3F | 0x80
    }
    var text = multiRegion ? "mrk-" : ""
    for (index, byte) in bytes.enumerated() {
      if !multiRegion, [4, 6, 8, 10].contains(index) { text += "-" }
      text += byte < 16 ? "0" + String(byte, radix: 16) : String(byte, radix: 16)
    }
    description = text
  }

  /// Whether this is a multi-Region key's id.
  public var isMultiRegion: Bool { description.hasPrefix("mrk-") }

  /// Orders ids as listings do.
  public static func < (left: KeyID, right: KeyID) -> Bool { left.description < right.description }

  private static func isUUID(_ text: some Collection<UInt8>) -> Bool {
    guard text.count == 36 else { return false }
    for (position, byte) in text.enumerated() {
      switch position {
      case 8, 13, 18, 23: if byte != 0x2D { return false }
      default: if !isLowerHex(byte) { return false }
      }
    }
    return true
  }

  private static func isMultiRegion(_ text: some Collection<UInt8>) -> Bool {
    text.count == 36 && text.prefix(4).elementsEqual("mrk-".utf8) && text.dropFirst(4).allSatisfy(isLowerHex)
  }

  private static func isLowerHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}
