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

  /// How many characters fit on a line here beside `text`.
  func room(beside text: String) -> Int { Self.lineLength - depth * 2 - text.count }

  /// Writes a comment, going on in further lines where a word would not fit.
  ///
  /// - Parameters:
  ///   - prefix: what the first line starts with, marker included.
  ///   - continuation: what further lines start with; the same by default.
  mutating func comment(_ text: String, prefix: String = "/// ", continuation: String? = nil) {
    for line in Self.wrap(text, first: prefix, others: continuation ?? prefix, fits: fits) { self.line(line) }
  }

  /// Writes `text` over as many lines as it needs, all but the last ending with `continuation`.
  mutating func wrapped(_ text: String, continuation: String) {
    let depth = depth
    let lines = Self.wrap(text, first: "", others: "") { depth * 2 + $0.count + continuation.count <= Self.lineLength }
    for (index, line) in lines.enumerated() { self.line(index < lines.count - 1 ? line + continuation : line) }
  }

  private static func wrap(_ text: String, first: String, others: String, fits: (String) -> Bool) -> [String] {
    var lines: [String] = []
    var current = first
    var isEmpty = true
    for word in text.split(whereSeparator: { $0 == " " || $0.isNewline }) {
      if !isEmpty, !fits("\(current) \(word)") {
        lines.append(current)
        current = others
        isEmpty = true
      }
      current += isEmpty ? String(word) : " \(word)"
      isEmpty = false
    }
    return lines + [current]
  }

  /// Writes `items` separated by commas, on as few lines as they fit on, and `closing` after the last.
  mutating func filled(_ items: [String], closing: String = "") {
    var current = ""
    for (index, item) in items.enumerated() {
      let text = item + (index < items.count - 1 ? "," : closing)
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
