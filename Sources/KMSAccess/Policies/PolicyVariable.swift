// Policy variables: text of a policy that each request has its own value for.

/// `${key}` or `${key, 'default'}`.
struct PolicyVariable: Hashable, Sendable {
  let key: ConditionKey
  /// What stands for a key that the request does not have; nil when nothing does.
  let standIn: String?

  /// Takes what stands between the braces apart; nil when that is no variable.
  init?(_ text: Substring) {
    let name = text.utf8.prefix { $0 != UInt8(ascii: ",") }
    guard !name.isEmpty, !name.contains(where: "${*?'".utf8.contains) else { return nil }
    key = ConditionKey(String(Substring(name)))
    guard name.endIndex < text.endIndex else {
      standIn = nil
      return
    }
    let quote = UInt8(ascii: "'")
    let quoted = Self.trimmed(text.utf8[name.endIndex...].dropFirst())
    guard quoted.count >= 2, quoted.first == quote, quoted.last == quote else { return nil }
    let standIn = quoted.dropFirst().dropLast()
    guard !standIn.contains(quote) else { return nil }
    self.standIn = String(Substring(standIn))
  }

  /// What the variable stands for in a request. A key with several values stands for nothing, default or not.
  func text(_ values: some ConditionValues) -> String? {
    guard let value = values.value(of: key), value.isPresent else { return standIn }
    if case .strings(let texts) = value { return texts.count == 1 ? texts.first : nil }
    return value.text
  }

  private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
    let space = UInt8(ascii: " ")
    var text = text.drop { $0 == space }
    while text.last == space { text = text.dropLast() }
    return text
  }
}
