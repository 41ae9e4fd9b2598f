// Patterns against a matcher that is too simple to be wrong, and patterns that only their author would want.

import Testing

@testable import KMSAccess

@Suite struct WildcardSearchTests {
  // MARK: Equivalence

  /// What is in a pattern.
  private enum Item: Equatable {
    case anyText
    case anyCharacter
    case character(Unicode.Scalar)
  }

  /// Tries everything.
  private static func matches(_ pattern: ArraySlice<Item>, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let item = pattern.first else { return text.isEmpty }
    switch item {
    case .anyText:
      return matches(pattern.dropFirst(), text) || !text.isEmpty && matches(pattern, text.dropFirst())
    case .anyCharacter: return !text.isEmpty && matches(pattern.dropFirst(), text.dropFirst())
    case .character(let scalar): return text.first == scalar && matches(pattern.dropFirst(), text.dropFirst())
    }
  }

  private static func items(_ pattern: String) -> [Item] {
    pattern.unicodeScalars.map { $0 == "*" ? .anyText : $0 == "?" ? .anyCharacter : .character($0) }
  }

  /// Few characters, so that much matches; some share their first bytes or their last.
  private static let alphabets = ["a", "ab", "aB", "aé", "€₭a", "éè€𝄞", "AaÉé", "\u{212A}kİi", "ab\u{80}\u{BF}"]

  private static func random(_ alphabet: [Unicode.Scalar], _ count: Int, _ random: inout SeededGenerator) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<count { text.append(alphabet.randomElement(using: &random) ?? "a") }
    return String(text)
  }

  @Test(arguments: alphabets, [false, true])
  func equalsTryingEverything(alphabet: String, ignoringCase: Bool) {
    var random = SeededGenerator(seed: 0x5EA2C4)
    let letters = Array(alphabet.unicodeScalars)
    var matching = 0
    for _ in 0..<2_000 {
      let pattern = Self.random(
        letters + ["*", "*", "?"], Int.random(in: 0...9, using: &random), &random)
      let text = Self.random(letters, Int.random(in: 0...10, using: &random), &random)
      let expected = Self.matches(
        Self.items(ignoringCase ? pattern.lowercased() : pattern)[...],
        Array((ignoringCase ? text.lowercased() : text).unicodeScalars)[...])
      let found = WildcardPattern(pattern, ignoringCase: ignoringCase).matches(text)
      #expect(found == expected, "\(pattern) and \(text)")
      if expected { matching += 1 }
    }
    // Both answers were right often.
    #expect((100...1_900).contains(matching))
  }

  /// Pieces of about a machine word's bits, in texts that nearly have them.
  @Test(arguments: ["ab", "éa"], [false, true])
  func longPieces(alphabet: String, ignoringCase: Bool) {
    var random = SeededGenerator(seed: 64)
    let letters = Array(alphabet.unicodeScalars)
    for _ in 0..<500 {
      var piece = Array(Self.random(letters, Int.random(in: 28...70, using: &random), &random).unicodeScalars)
      let prefix = Self.random(letters, Int.random(in: 0...5, using: &random), &random)
      var text = piece
      if Bool.random(using: &random) {
        text[Int.random(in: text.indices, using: &random)] = letters.randomElement(using: &random) ?? "a"
      }
      if Bool.random(using: &random) {
        piece[Int.random(in: 1..<(piece.count - 1), using: &random)] = "?"
      }
      let pattern = "*" + String(String.UnicodeScalarView(piece)) + "*"
      var characters = String(String.UnicodeScalarView(text))
      if ignoringCase, Bool.random(using: &random) { characters = characters.uppercased() }
      let wildcards = WildcardPattern(pattern, ignoringCase: ignoringCase)
      let isLong = piece.contains("?") && pattern.utf8.count - 2 > 64
      #expect(wildcards.isSearchable != isLong)
      let expected = Self.matches(
        Self.items(pattern)[...],
        Array((prefix + (ignoringCase ? characters.lowercased() : characters)).unicodeScalars)[...])
      #expect(wildcards.matches(prefix + characters + prefix) == (expected && !isLong), "\(pattern)")
    }
  }

  @Test func textFromVariablesIsLiteral() throws {
    var random = SeededGenerator(seed: 7)
    let letters = Array("aé*?".unicodeScalars)
    var matching = 0
    for _ in 0..<4_000 {
      var (pattern, items): (String, [Item]) = ("", [])
      var values: [String: ConditionValue] = [:]
      for number in 0..<Int.random(in: 1...3, using: &random) {
        let fixed = Self.random(letters, Int.random(in: 0...3, using: &random), &random)
        let value = Self.random(letters, Int.random(in: 0...3, using: &random), &random)
        pattern += fixed + "${a:v\(number)}"
        items += Self.items(fixed) + value.unicodeScalars.map { .character($0) }
        values["a:v\(number)"] = .string(value)
      }
      guard let parsed = PatternText(pattern, .init(hasWildcards: true, hasVariables: true)) else { continue }
      let text = Self.random(letters, Int.random(in: 0...8, using: &random), &random)
      let match = text.withUTF8Span { TextPattern(parsed).match($0, FixedValues(values)) }
      let expected = Self.matches(items[...], Array(text.unicodeScalars)[...])
      #expect((match == .matches) == expected, "\(pattern), \(values) and \(text)")
      #expect(match != .unresolved)
      if expected { matching += 1 }
    }
    #expect(matching > 100)
  }

  // MARK: Cost

  static let longestPattern = 32 << 10
  static let longestText = 1 << 20

  /// What would take hours if matching looked at the text again for each place in it.
  static let traps: [(pattern: String, ends: String)] = [
    ("*" + "a"(longestPattern) + "b", "a"), ("*" + "a"(longestPattern) + "b*", "a"),
    ("*b" + "a"(longestPattern) + "*", "a"), ("*" + "a"(longestPattern / 2) + "b" + "a"(longestPattern / 2) + "*", "a"),
    ("a*"(longestPattern / 2) + "b", "a"), ("a*"(longestPattern / 2) + "b*", "a"),
    ("*" + ("a"(255) + "b*")(longestPattern / 257), "a"), ("*" + ("b" + "a"(255) + "*")(longestPattern / 257), "a"),
    (("*" + "a"(62) + "?b")(longestPattern / 65) + "*", "a"), ("*a?a*"(longestPattern / 5) + "*a?b*", "a"),
    ("*" + "?"(longestPattern) + "b", "a"), ("*" + "?"(longestPattern) + "b*", "a"),
    ("*?"(longestPattern / 2) + "b*", "a"),
    ("*" + "é"(longestPattern / 2) + "è*", "é"), ("*" + "é"(30) + "?è*", "é"), ("*é?é*"(longestPattern / 7) + "è", "é"),
    ("*é" + "?"(60) + "é*è*", "€"),
  ]

  @Test(arguments: traps.indices)
  func noTrap(index: Int) {
    let (pattern, ends) = Self.traps[index]
    let text = ends(Self.longestText / ends.utf8.count)
    for ignoringCase in [false, true] {
      let wildcards = WildcardPattern(pattern, ignoringCase: ignoringCase)
      #expect(wildcards.isSearchable)
      #expect(!wildcards.matches(text))
    }
  }

  @Test func whatIsAtTheEndIsFound() {
    let text = "a"(Self.longestText)
    for (pattern, end) in [
      ("*" + "a"(Self.longestPattern) + "b", "b"), ("*" + "a"(Self.longestPattern) + "b*", "b"),
      ("a*"(Self.longestPattern / 2) + "b*", "b"), ("*a?é*", "xé"), ("*" + "?"(Self.longestPattern) + "é*", "é"),
    ] {
      for ignoringCase in [false, true] {
        #expect(WildcardPattern(pattern, ignoringCase: ignoringCase).matches(text + end))
      }
    }
  }

  /// Values that are not written down in the policy need not be short either.
  @Test func manyLongVariables() throws {
    let value = "a"(Self.longestText)
    let values = FixedValues(["a:v": .string(value), "a:é": .string("É"(Self.longestText / 2))])
    for (ignoringCase, variable) in [(false, "a:v"), (true, "a:v"), (true, "a:é")] {
      let pattern = "${\(variable)}"(Self.longestPattern / 6)
      let parsed = try #require(PatternText(pattern, .init(hasWildcards: !ignoringCase, hasVariables: true)))
      let match = value.withUTF8Span { TextPattern(parsed, ignoringCase: ignoringCase).match($0, values) }
      #expect(match == .differs)
      // One without a value counts wherever it is.
      let open = try #require(PatternText(pattern + "${a:x}", .init(hasWildcards: false, hasVariables: true)))
      #expect(value.withUTF8Span { TextPattern(open, ignoringCase: ignoringCase).match($0, values) } == .unresolved)
    }
  }

  /// Characters whose other case has another length.
  @Test(arguments: [("\u{212A}", "k"), ("k", "\u{212A}"), ("İ", "i\u{307}"), ("i\u{307}", "İ"), ("Ⱥ", "ⱥ"), ("ⱥ", "Ⱥ")])
  func variablesOfAnotherLength(variable: String, text: String) throws {
    let parsed = try #require(PatternText("${a:v}x", .init(hasWildcards: false, hasVariables: true)))
    let pattern = TextPattern(parsed, ignoringCase: true)
    for (count, expected) in [(100, PolicyMatch.matches), (99, .differs), (101, .differs)] {
      let match = (text(100) + "X").withUTF8Span { pattern.match($0, FixedValues(["a:v": .string(variable(count))])) }
      #expect(match == expected)
    }
  }

  @Test func manyShortValuesWithoutRegardToCase() {
    let text = "É"(Self.longestText / 2)
    for _ in 0..<(Self.longestPattern / 6) {
      #expect(!WildcardPattern("é", ignoringCase: true).matches(text))
    }
    #expect(WildcardPattern("é"(Self.longestText / 2), ignoringCase: true).matches(text))
  }

  // MARK: Refused

  /// Values of `StringLike`, and whether they are accepted.
  static let conditionValues: [(String, Bool)] = [
    ("*a?" + "b"(62) + "*", true), ("*a?" + "b"(63) + "*", false), ("*" + "a"(1000) + "*", true),
    // The ends have their place, and a wildcard beside another keeps none.
    ("a?" + "b"(100), true), ("a?" + "b"(100) + "*c?" + "d"(100), true), ("*?" + "a"(100) + "???*", true),
    ("*" + "?"(100) + "*", true), ("*a" + "?"(62) + "b*", true), ("*a" + "?"(63) + "b*", false),
    // It is bytes that count, and the pattern's own characters.
    ("*a?" + "é"(31) + "*", true), ("*a?" + "é"(31) + "b*", false), ("*a" + "${?}"(100) + "*", true),
    ("*${*}?" + "b"(62) + "*", true), ("*${*}?" + "b"(63) + "*", false),
    // Nobody knows how long a variable's text will be.
    ("*${a:v}?b*", false), ("*a?${a:v}*", false), ("*a?b${a:v}*", false), ("*${a:v}*a?b*", true),
    ("*${a:v}?*?${a:v}*", true), ("${a:v}?b*", true), ("*a?${a:v}", true), ("*a${a:v}b${a:v}*", true),
  ]

  @Test(arguments: conditionValues)
  func conditions(value: String, isAccepted: Bool) throws {
    for name in ["StringLike", "ForAnyValue:StringNotLikeIfExists"] {
      let text = PolicyText.condition(#"{"\#(name)":{"a:c":["x","\#(value)"]}}"#)
      if isAccepted {
        #expect(throws: Never.self) { try KeyPolicy(text, partition: "aws") }
      } else {
        #expect(throws: PolicyError.invalidConditionValue(operator: name)) { try KeyPolicy(text, partition: "aws") }
      }
    }
    // Nothing is open in these.
    let text = PolicyText.condition(#"{"StringEquals":{"a:c":"\#(value)"}}"#)
    #expect(throws: Never.self) { try KeyPolicy(text, partition: "aws") }
  }

  /// Values of `Resource` and `ArnLike`, and whether they are accepted.
  static let arnValues: [(String, Bool)] = [
    ("arn:aws:kms:*:*:*a?" + "b"(62) + "*", true), ("arn:aws:kms:*:*:*a?" + "b"(63) + "*", false),
    ("arn:aws:*a?" + "b"(63) + "*:*:*:*", false), ("arn:aws:kms:*:*:*a?${a:v}*", false),
    // Each segment is searched by itself.
    ("arn:aws:kms:*:a?b" + "c"(100) + ":key/*", true), ("arn:aws:kms:*:?${a:v}a?:key/*", true),
  ]

  @Test(arguments: arnValues)
  func arns(arn: String, isAccepted: Bool) {
    #expect((ResourcePattern(arn, hasVariables: true) != nil) == isAccepted)
    let resource = PolicyText.allow(resource: #""\#(arn)""#)
    let condition = PolicyText.condition(#"{"ArnLike":{"a:c":"\#(arn)"}}"#)
    if isAccepted {
      #expect(throws: Never.self) { try KeyPolicy(resource, partition: "aws") }
      #expect(throws: Never.self) { try KeyPolicy(condition, partition: "aws") }
    } else {
      #expect(throws: PolicyError.invalidResource(arn)) { try KeyPolicy(resource, partition: "aws") }
      #expect(throws: PolicyError.invalidConditionValue(operator: "ArnLike")) {
        try KeyPolicy(condition, partition: "aws")
      }
    }
  }

  @Test func actions() {
    let long = "a"(Self.longestPattern)
    #expect(ActionPattern("kms:*a?" + "b"(62) + "*") != nil)
    #expect(ActionPattern("kms:*a?" + "b"(63) + "*") == nil)
    #expect(ActionPattern("kms:*" + long + "*")?.matches("KMS:x" + long.uppercased() + "y") == true)
    #expect(ActionPattern("kms:*DATA?ey*")?.matches("kms:GenerateDataKeyPair") == true)
  }
}

extension String {
  /// The text, so many times.
  fileprivate func callAsFunction(_ count: Int) -> String { String(repeating: self, count: count) }
}
