// Raw string literals: data that stands in the source as it is, over as many lines as it needs.

enum RawTextRenderer {
  /// Writes `prefix`, a literal whose value is `content`, and `suffix`.
  ///
  /// The value is one line; the literal is broken after a comma if there is one in the second half of a line.
  static func render(_ content: String, prefix: String, suffix: String, into text: inout SourceText) {
    let pounds = pounds(for: content)
    text.line("\(prefix)\(pounds)\"\"\"")
    contents(after: prefix, into: &text) { text in
      let continuation = "\\\(pounds)"
      var rest = Substring(content)
      while !rest.isEmpty {
        let line = text.fits(String(rest)) ? rest : start(of: rest, count: text.room(beside: continuation))
        rest = rest.dropFirst(line.count)
        text.line(rest.isEmpty ? String(line) : line + continuation)
      }
      text.line("\"\"\"\(pounds)\(suffix)")
    }
  }

  /// Writes `prefix`, a literal whose value is `content` line by line, and `suffix`.
  static func renderLines(_ content: String, prefix: String, suffix: String, into text: inout SourceText) {
    let pounds = pounds(for: content)
    text.line("\(prefix)\(pounds)\"\"\"")
    contents(after: prefix, into: &text) { text in
      for line in content.split(separator: "\n", omittingEmptySubsequences: false) { text.line(String(line)) }
      text.line("\"\"\"\(pounds)\(suffix)")
    }
  }

  /// What is inside of a literal is indented, unless the literal begins a line.
  private static func contents(
    after prefix: String, into text: inout SourceText, _ body: (inout SourceText) -> Void
  ) {
    if prefix.isEmpty { body(&text) } else { text.indented(body) }
  }

  /// The literal on one line, however long.
  static func oneLine(_ content: String) -> String {
    let pounds = pounds(for: content)
    return "\(pounds)\"\(content)\"\(pounds)"
  }

  /// At most `count` characters of `text`, to the last comma if that is not too few of them.
  private static func start(of text: Substring, count: Int) -> Substring {
    let start = text.prefix(max(count, 1))
    guard let comma = start.lastIndex(of: ",") else { return start }
    let throughComma = start[...comma]
    return throughComma.count > count / 2 ? throughComma : start
  }

  /// As many number signs that nothing in `content` ends the literal or is an escape in it.
  private static func pounds(for content: String) -> String {
    var pounds = "#"
    while content.contains("\"\(pounds)") || content.contains("\\\(pounds)") { pounds += "#" }
    return pounds
  }
}
