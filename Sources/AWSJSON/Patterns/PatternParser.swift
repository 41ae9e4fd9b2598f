// Reading the subset of ECMA-262 regular expressions that Smithy models use.

/// Parses one pattern, top down: alternatives, sequences, repetitions, atoms.
struct PatternParser {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  private var depth = 0

  private static let maximumDepth = 64
  private static let maximumCount = 100_000

  static func parse(_ pattern: String) throws(PatternSyntaxError) -> PatternNode {
    var parser = PatternParser(scalars: Array(pattern.unicodeScalars))
    let node = try parser.alternatives()
    guard parser.next == nil else { throw parser.error("unbalanced parenthesis") }
    return node
  }

  private init(scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private func error(_ reason: String) -> PatternSyntaxError { PatternSyntaxError(offset: index, reason: reason) }

  private mutating func take() throws(PatternSyntaxError) -> Unicode.Scalar {
    guard let scalar = next else { throw error("unexpected end") }
    index += 1
    return scalar
  }

  private mutating func skip(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    index += 1
    return true
  }

  // MARK: Structure

  private mutating func alternatives() throws(PatternSyntaxError) -> PatternNode {
    var branches = [try sequence()]
    while skip("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func sequence() throws(PatternSyntaxError) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" { nodes.append(try repetition()) }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func repetition() throws(PatternSyntaxError) -> PatternNode {
    let node = try atom()
    guard let counts = try quantifier() else { return node }
    if node == .start || node == .end { throw error("a repeated anchor") }
    // Greedy or lazy is the same when only yes or no is asked.
    _ = skip("?")
    if let scalar = next, "*+?{".unicodeScalars.contains(scalar) { throw error("a repeated repetition") }
    return .repetition(node, minimum: counts.minimum, maximum: counts.maximum)
  }

  private mutating func quantifier() throws(PatternSyntaxError) -> (minimum: Int, maximum: Int?)? {
    if skip("*") { return (0, nil) }
    if skip("+") { return (1, nil) }
    if skip("?") { return (0, 1) }
    guard skip("{") else { return nil }
    let minimum = try count()
    var maximum: Int? = minimum
    if skip(",") { maximum = next == "}" ? nil : try count() }
    guard skip("}"), maximum ?? minimum >= minimum else { throw error("a malformed count") }
    return (minimum, maximum)
  }

  private mutating func count() throws(PatternSyntaxError) -> Int {
    let start = index
    var value = 0
    while let scalar = next, ("0"..."9").contains(scalar) {
      value = value * 10 + Int(scalar.value - 48)
      guard value <= Self.maximumCount else { throw error("too large a count") }
      index += 1
    }
    guard index > start else { throw error("a malformed count") }
    return value
  }

  private mutating func atom() throws(PatternSyntaxError) -> PatternNode {
    switch try take() {
    case "^": return .start
    case "$": return .end
    case "(": return try group()
    case "[": return .set(try characterClass())
    case "\\": return .set(try escape())
    case ".":
      var set = CharacterClass.lineTerminators
      set.invert()
      return .set(set)
    case "*", "+", "?", "{":
      index -= 1
      throw error("nothing to repeat")
    case let literal: return .set(CharacterClass(literal))
    }
  }

  private mutating func group() throws(PatternSyntaxError) -> PatternNode {
    if skip("?"), !skip(":") { throw error("a look-around, a name or flags") }
    depth += 1
    guard depth <= Self.maximumDepth else { throw error("nested too deeply") }
    let node = try alternatives()
    guard skip(")") else { throw error("unbalanced parenthesis") }
    depth -= 1
    return node
  }

  // MARK: Characters

  private mutating func characterClass() throws(PatternSyntaxError) -> CharacterClass {
    let isInverted = skip("^")
    var set = CharacterClass()
    while !skip("]") {
      if next == "[" || (next == "&" && index + 1 < scalars.count && scalars[index + 1] == "&") {
        throw error("set operations in a class")
      }
      switch try classItem() {
      case .set(let named): set.formUnion(named)
      case .scalar(let low):
        // A hyphen is a range between two characters, and itself anywhere else.
        guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
          set.insert(low.value...low.value)
          continue
        }
        index += 1
        guard case .scalar(let high) = try classItem(), low <= high else { throw error("a malformed range") }
        set.insert(low.value...high.value)
      }
    }
    if isInverted { set.invert() }
    return set
  }

  private enum ClassItem {
    case scalar(Unicode.Scalar)
    case set(CharacterClass)
  }

  private mutating func classItem() throws(PatternSyntaxError) -> ClassItem {
    let scalar = try take()
    return scalar == "\\" ? try escapedItem() : .scalar(scalar)
  }

  private mutating func escape() throws(PatternSyntaxError) -> CharacterClass {
    switch try escapedItem() {
    case .scalar(let scalar): CharacterClass(scalar)
    case .set(let set): set
    }
  }

  /// What stands behind a backslash.
  private mutating func escapedItem() throws(PatternSyntaxError) -> ClassItem {
    switch try take() {
    case "d": return .set(.digits)
    case "D": return .set(CharacterClass.digits.complementOfASCII)
    case "w": return .set(.wordCharacters)
    case "W": return .set(CharacterClass.wordCharacters.complementOfASCII)
    case "s": return .set(.whiteSpace)
    case "S": return .set(CharacterClass.whiteSpace.complementOfASCII)
    case "p": return .set(try category(isComplement: false))
    case "P": return .set(try category(isComplement: true))
    case "t": return .scalar("\t")
    case "n": return .scalar("\n")
    case "r": return .scalar("\r")
    case "f": return .scalar("\u{0C}")
    case "x": return .scalar(try scalar(of: hexadecimal(digits: 2)))
    case "u": return .scalar(try codePoint())
    case let scalar where scalar.isASCII && !CharacterClass.wordCharacters.contains(scalar): return .scalar(scalar)
    default: throw error("an unknown escape")
    }
  }

  private mutating func category(isComplement: Bool) throws(PatternSyntaxError) -> CharacterClass {
    guard skip("{") else { throw error("a malformed category") }
    var name = ""
    while !skip("}") { name.unicodeScalars.append(try take()) }
    guard let set = CharacterClass(category: name, isComplement: isComplement) else {
      throw error("an unknown category")
    }
    return set
  }

  /// `\uXXXX`, or two of them that are a surrogate pair.
  private mutating func codePoint() throws(PatternSyntaxError) -> Unicode.Scalar {
    let unit = try hexadecimal(digits: 4)
    guard (0xD800..<0xDC00).contains(unit) else { return try scalar(of: unit) }
    guard skip("\\"), skip("u") else { throw error("half a surrogate pair") }
    let low = try hexadecimal(digits: 4)
    guard (0xDC00..<0xE000).contains(low) else { throw error("half a surrogate pair") }
    return try scalar(of: 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF)
  }

  private mutating func hexadecimal(digits: Int) throws(PatternSyntaxError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<digits {
      let scalar = try take()
      guard scalar.isASCII, let digit = Character(scalar).hexDigitValue else { throw error("a malformed escape") }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  private func scalar(of value: UInt32) throws(PatternSyntaxError) -> Unicode.Scalar {
    guard let scalar = Unicode.Scalar(value) else { throw error("half a surrogate pair") }
    return scalar
  }
}
