// Texts of policies and grants in explanations.

extension String {
  /// The text in quotation marks.
  var quoted: String { "\"\(escaped)\"" }

  /// The text with everything escaped that would end its quotation or its line, or steer a terminal: whoever can write
  /// a policy could pass its words for those of the explanation otherwise.
  var escaped: String {
    var text = ""
    for scalar in unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator: text += scalar.escaped(asASCII: true)
      default:
        if scalar == "\"" || scalar == "\\" { text += "\\" }
        text.unicodeScalars.append(scalar)
      }
    }
    return text
  }
}
