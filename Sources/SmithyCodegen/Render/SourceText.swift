// Lines of source text at a depth of indentation.

/// Text being written, line by line.
struct SourceText {
  /// The longest line the project's format allows, in characters.
  static let lineLength = 120

  private(set) var lines: [String] = []
  private var depth = 0

  private var indentation: String { String(repeating: "  ", count: depth) }

  var text: String { lines.map { $0 + "\n" }.joined() }

  mutating func line(_ text: String) {
    lines.append(text.isEmpty ? "" : indentation + text)
  }

  mutating func indented(_ body: (inout SourceText) -> Void) {
    depth += 1
    body(&self)
    depth -= 1
  }

  /// Whether `text` fits on a line of its own here.
  func fits(_ text: String) -> Bool { depth * 2 + text.count <= Self.lineLength }

  /// Writes a comment, going on in further lines where a word would not fit.
  ///
  /// - Parameters:
  ///   - prefix: what the first line starts with, marker included.
  ///   - continuation: what further lines start with; the same by default.
  mutating func comment(_ text: String, prefix: String = "/// ", continuation: String? = nil) {
    var current = prefix
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, !fits("\(current) \(word)") {
        line(current)
        current = continuation ?? prefix
        isEmpty = true
      }
      current += isEmpty ? String(word) : " \(word)"
      isEmpty = false
    }
    line(current)
  }

  /// Writes `items` separated by commas, on as few lines as they fit on.
  mutating func filled(_ items: [String], trailingComma: Bool = false) {
    var current = ""
    for (index, item) in items.enumerated() {
      let text = item + (index < items.count - 1 || trailingComma ? "," : "")
      if current.isEmpty {
        current = text
      } else if fits(current + " " + text) {
        current += " " + text
      } else {
        line(current)
        current = text
      }
    }
    if !current.isEmpty { line(current) }
  }
}
