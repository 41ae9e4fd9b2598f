// Others' words in the log.

/// Text that others wrote, as it may stand in a line of `key=value` fields.
enum LogText {
  /// `text` in quotation marks. It ends at the next one that no backslash precedes, so that it cannot pose as fields.
  static func quoted(_ text: String) -> String {
    var quoted = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"", "\\":
        quoted.append("\\")
        quoted.unicodeScalars.append(character)
      case " "..."~": quoted.unicodeScalars.append(character)
      default: quoted.append("\\u{\(String(character.value, radix: 16))}")
      }
    }
    return quoted + "\""
  }
}
