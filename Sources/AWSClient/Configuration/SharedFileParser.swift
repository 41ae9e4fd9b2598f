// The dialect of INI that the shared files are written in.

internal import SecureMemory

/// Reads one shared file, line by line.
///
/// - A section header is `[default]`, `[profile name]` or `[services name]` in the configuration file, and `[name]` in the
///   credentials file; other sections are passed over. A name may stand in single or double quotes.
/// - A setting is `name = value`, its name in any case. The last of several with one name holds, also across sections that
///   have one name. `[profile default]` hides `[default]`.
/// - A line that is indented deeper than the setting above continues its value; after an empty value it is a setting of
///   its own, inside the one above.
/// - A comment is a line that starts with `#` or `;`, or what follows one of them after white space.
///
/// Source: AWS SDKs and Tools Reference Guide, "Shared config and credentials files"; that whole sections may be indented
/// is what the AWS CLI allows.
struct SharedFileParser {
  /// Which of the two files it is.
  enum Kind { case configuration, credentials }

  /// The sections of one file.
  struct Content {
    var profiles: [String: SharedFileSection] = [:]
    var services: [String: SharedFileSection] = [:]
  }

  private enum Target: Equatable { case none, passedOver, unprefixedDefault, profile(String), services(String) }

  /// The setting that indented lines belong to.
  private struct Open {
    let name: String
    let indentation: Int
    let takesBlock: Bool
  }

  private typealias Line = Slice<UnsafeRawBufferPointer>

  private let kind: Kind
  private let path: String
  private var content = Content()
  private var unprefixedDefault: SharedFileSection?
  private var target = Target.none
  private var open: Open?
  private var number = 0

  /// Reads `bytes`.
  ///
  /// - Throws: ``ConfigurationError/sharedFile(path:line:reason:)``, which repeats nothing of the file.
  static func parse(
    _ bytes: SecretBytes, kind: Kind, path: String
  ) throws(ConfigurationError) -> Content {
    try bytes.withUnsafeBytes { (bytes) throws(ConfigurationError) in
      var parser = SharedFileParser(kind: kind, path: path)
      return try parser.read(bytes[...])
    }
  }

  private init(kind: Kind, path: String) {
    self.kind = kind
    self.path = path
  }

  private mutating func read(_ bytes: Line) throws(ConfigurationError) -> Content {
    var rest = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
    while !rest.isEmpty {
      number += 1
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest[line.endIndex...].dropFirst()
      try read(line: line)
    }
    if let unprefixedDefault, content.profiles["default"] == nil { content.profiles["default"] = unprefixedDefault }
    return content
  }

  private mutating func read(line: Line) throws(ConfigurationError) {
    let text = line.trimmed()
    let indentation = text.startIndex - line.startIndex
    guard let first = text.first, !isCommentMark(first) else { return }
    if let open, indentation > open.indentation {
      try read(text, below: open)
    } else if first == UInt8(ascii: "[") {
      try read(header: text)
    } else {
      try read(setting: text, indentation: indentation)
    }
  }

  // MARK: Sections

  private mutating func read(header: Line) throws(ConfigurationError) {
    let words = try words(ofHeader: header)
    open = nil
    target =
      switch (kind, words.count, words.first, words.last) {
      case (.configuration, 1, "default", _): .unprefixedDefault
      case (.configuration, 2, "profile", let name?): .profile(name)
      case (.configuration, 2, "services", let name?): .services(name)
      case (.credentials, 1, let name?, _): .profile(name)
      default: .passedOver
      }
    change { _ in }
  }

  private func words(ofHeader header: Line) throws(ConfigurationError) -> [String] {
    var words: [String] = []
    var rest = header.dropFirst().trimmed()
    while rest.first != UInt8(ascii: "]") {
      guard let first = rest.first else { throw failure("the section header has no ]") }
      if isQuote(first) {
        let word = rest.dropFirst().prefix { $0 != first }
        rest = rest[word.endIndex...]
        guard rest.popFirst() != nil else { throw failure("a quote in the section header is not closed") }
        words.append(try string(word))
      } else {
        let word = rest.prefix { !isSpace($0) && $0 != UInt8(ascii: "]") }
        rest = rest[word.endIndex...]
        words.append(try string(word))
      }
      rest = rest.trimmed()
    }
    guard words.contains(where: { !$0.isEmpty }) else { throw failure("the section has no name") }
    let end = rest.dropFirst().trimmed()
    guard end.first.map(isCommentMark) ?? true else { throw failure("something follows the section header") }
    return words
  }

  // MARK: Settings

  private mutating func read(setting text: Line, indentation: Int) throws(ConfigurationError) {
    guard target != .none else { throw failure("a setting stands before the first section header") }
    let (name, value) = try split(text)
    if name == SharedFileSection.secretName {
      let secret = SecretBytes(copying: UnsafeRawBufferPointer(rebasing: value))
      open = Open(name: name, indentation: indentation, takesBlock: false)
      change { $0.set(secretAccessKey: secret) }
    } else {
      let value = try string(value)
      open = Open(name: name, indentation: indentation, takesBlock: value.isEmpty)
      change { $0.set(name, to: value) }
    }
  }

  private mutating func read(_ text: Line, below open: Open) throws(ConfigurationError) {
    guard open.name != SharedFileSection.secretName else { throw failure("a secret key cannot have several lines") }
    if open.takesBlock {
      let (name, value) = try split(text)
      // Nowhere does a block have a secret key, and it must not become a `String`.
      guard name != SharedFileSection.secretName else { throw failure("a secret key stands where none belongs") }
      let text = try string(value)
      change { $0.set(name, to: text, inBlock: open.name) }
    } else {
      let line = try string(text)
      change { $0.append(line: line, to: open.name) }
    }
  }

  private func split(_ text: Line) throws(ConfigurationError) -> (name: String, value: Line) {
    let text = text.withoutComment()
    let name = text.prefix { $0 != UInt8(ascii: "=") }
    guard name.endIndex < text.endIndex else { throw failure("a line that is no section header has no =") }
    guard !name.trimmed().isEmpty else { throw failure("a setting has no name") }
    return (try string(name.trimmed()).lowercased(), text[name.endIndex...].dropFirst().trimmed())
  }

  /// Changes the section that settings go to now; it comes into being with its header.
  private mutating func change(_ body: (inout SharedFileSection) -> Void) {
    switch target {
    case .none, .passedOver: return
    case .unprefixedDefault:
      var section = unprefixedDefault ?? SharedFileSection()
      body(&section)
      unprefixedDefault = section
    case .profile(let name): body(&content.profiles[name, default: SharedFileSection()])
    case .services(let name): body(&content.services[name, default: SharedFileSection()])
    }
  }

  private func string(_ bytes: Line) throws(ConfigurationError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw failure("the line is not valid UTF-8") }
    return text
  }

  private func failure(_ reason: String) -> ConfigurationError {
    .sharedFile(path: path, line: number, reason: reason)
  }
}

extension Slice<UnsafeRawBufferPointer> {
  /// Without the white space around it.
  fileprivate func trimmed() -> Self {
    let text = drop(while: isSpace)
    guard let last = text.lastIndex(where: { !isSpace($0) }) else { return text.prefix(0) }
    return text[...last]
  }

  /// Without a comment at its end, which begins with a mark after white space.
  fileprivate func withoutComment() -> Self {
    var isAfterSpace = false
    let kept = prefix { byte in
      defer { isAfterSpace = isSpace(byte) }
      return !(isAfterSpace && isCommentMark(byte))
    }
    return kept.trimmed()
  }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }

private func isCommentMark(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "#") || byte == UInt8(ascii: ";") }

private func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
