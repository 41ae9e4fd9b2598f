// Key policies as they are shown to those who ask for them.

extension KeyPolicy {
  /// The text of a policy as KMS shows it: the principal `"*"` is written `{"AWS":"*"}`, which means the same. All else
  /// stays as its author wrote it.
  public static func shown(_ text: String) -> String {
    var rest = text.utf8[...]
    var shown: [UInt8] = []
    shown.reserveCapacity(rest.count)
    while let byte = rest.first {
      guard byte == quote else {
        shown.append(byte)
        rest = rest.dropFirst()
        continue
      }
      let string = string(rest)
      shown += string
      rest = rest[string.endIndex...]
      // Only a statement has a member of such a name: conditions' keys have a prefix.
      guard names.contains(where: { string.elementsEqual($0.utf8) }) else { continue }
      let separator = rest.prefix { isSpace($0) || $0 == UInt8(ascii: ":") }
      guard rest[separator.endIndex...].starts(with: #""*""#.utf8) else { continue }
      shown += separator
      shown += Array(#"{"AWS":"*"}"#.utf8)
      rest = rest[separator.endIndex...].dropFirst(3)
    }
    return String(decoding: shown, as: UTF8.self)
  }

  private static let names = [#""Principal""#, #""NotPrincipal""#]
  private static let quote = UInt8(ascii: "\"")

  /// The string that `text` begins with, quotes included.
  private static func string(_ text: Substring.UTF8View) -> Substring.UTF8View {
    var isEscaped = false
    for index in text.indices.dropFirst() {
      switch text[index] {
      case _ where isEscaped: isEscaped = false
      case UInt8(ascii: "\\"): isEscaped = true
      case quote: return text[...index]
      default: break
      }
    }
    return text
  }

  private static func isSpace(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }
}
