// Text in XML.

extension String {
  /// The text as the content of an element, in XML 1.0.
  ///
  /// Characters with a meaning in XML are escaped, and so is the carriage return, which parsers would turn into a line
  /// feed. What XML cannot hold even escaped, such as most control characters, becomes U+FFFD.
  var xmlEscaped: String {
    var text = String.UnicodeScalarView()
    // Scalar by scalar: a mark behind a `<` would make one character of the two, which is not equal to `<`.
    for scalar in unicodeScalars {
      switch scalar {
      case "&": text += "&amp;".unicodeScalars
      case "<": text += "&lt;".unicodeScalars
      case ">": text += "&gt;".unicodeScalars
      case "\"": text += "&quot;".unicodeScalars
      case "\r": text += "&#13;".unicodeScalars
      case "\t", "\n", "\u{20}"..."\u{D7FF}", "\u{E000}"..."\u{FFFD}", "\u{10000}"..."\u{10FFFF}": text.append(scalar)
      default: text.append("\u{FFFD}")
      }
    }
    return String(text)
  }
}
