// Sets of Unicode scalars, as patterns write them.

/// Some scalars: ASCII as a bitmap, others as ranges and general categories.
struct CharacterClass: Equatable, Sendable {
  private var ascii: SIMD2<UInt64> = .zero
  private var ranges: [ClosedRange<UInt32>] = []
  /// One bit for each general category; only asked about scalars that are not ASCII.
  private var categories: UInt32 = 0
  private var isInverted = false

  init() {}

  init(_ scalar: Unicode.Scalar) { insert(scalar.value...scalar.value) }

  func contains(_ scalar: Unicode.Scalar) -> Bool { holds(scalar) != isInverted }

  private func holds(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 128 { return ascii[Int(value >> 6)] >> UInt64(value & 63) & 1 == 1 }
    for range in ranges where range.contains(value) { return true }
    return categories != 0 && categories & Self.bit(scalar.properties.generalCategory) != 0
  }

  mutating func insert(_ range: ClosedRange<UInt32>) {
    for value in range.lowerBound..<max(min(range.upperBound &+ 1, 128), range.lowerBound) {
      ascii[Int(value >> 6)] |= 1 << UInt64(value & 63)
    }
    if range.upperBound >= 128 { ranges.append(max(range.lowerBound, 128)...range.upperBound) }
  }

  /// Adds all of `other`, which may not be inverted itself: only whole classes are.
  mutating func formUnion(_ other: CharacterClass) {
    ascii |= other.ascii
    ranges += other.ranges
    categories |= other.categories
  }

  mutating func invert() { isInverted.toggle() }

  // MARK: Named classes

  static let digits = CharacterClass(ascii: ["0"..."9"])
  static let wordCharacters = CharacterClass(ascii: ["0"..."9", "A"..."Z", "a"..."z", "_"..."_"])
  static let whiteSpace = CharacterClass(ascii: ["\u{09}"..."\u{0D}", " "..." "])
  /// What `.` does not match.
  static let lineTerminators: CharacterClass = {
    var set = CharacterClass(ascii: ["\n"..."\n", "\r"..."\r"])
    set.insert(0x85...0x85)
    set.insert(0x2028...0x2029)
    return set
  }()

  private init(ascii: [ClosedRange<Unicode.Scalar>]) {
    for range in ascii { insert(range.lowerBound.value...range.upperBound.value) }
  }

  /// Everything that this set of ASCII characters leaves out.
  var complementOfASCII: CharacterClass {
    var set = self
    set.ascii = ~ascii
    set.ranges = [128...0x10FFFF]
    return set
  }

  /// The scalars of a general category or of a group of them: `L`, `Lu`, `Nd`. Nil if there is no such category.
  init?(category name: String, isComplement: Bool) {
    let members = Self.categoryNames.filter { $0.name == name || String($0.name.prefix(1)) == name }
    guard !members.isEmpty else { return nil }
    categories = members.reduce(0) { $0 | Self.bit($1.category) }
    // The categories partition all scalars, so that the complement is the other categories.
    if isComplement { categories = ~categories }
    for value in UInt32(0)..<128 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if categories & Self.bit(scalar.properties.generalCategory) != 0 { insert(value...value) }
    }
  }

  private static func bit(_ category: Unicode.GeneralCategory) -> UInt32 {
    1 << UInt32(categoryNames.firstIndex { $0.category == category } ?? 31)
  }

  private static let categoryNames: [(name: String, category: Unicode.GeneralCategory)] = [
    ("Lu", .uppercaseLetter), ("Ll", .lowercaseLetter), ("Lt", .titlecaseLetter), ("Lm", .modifierLetter),
    ("Lo", .otherLetter), ("Mn", .nonspacingMark), ("Mc", .spacingMark), ("Me", .enclosingMark),
    ("Nd", .decimalNumber), ("Nl", .letterNumber), ("No", .otherNumber), ("Pc", .connectorPunctuation),
    ("Pd", .dashPunctuation), ("Ps", .openPunctuation), ("Pe", .closePunctuation), ("Pi", .initialPunctuation),
    ("Pf", .finalPunctuation), ("Po", .otherPunctuation), ("Sm", .mathSymbol), ("Sc", .currencySymbol),
    ("Sk", .modifierSymbol), ("So", .otherSymbol), ("Zs", .spaceSeparator), ("Zl", .lineSeparator),
    ("Zp", .paragraphSeparator), ("Cc", .control), ("Cf", .format), ("Cs", .surrogate), ("Co", .privateUse),
    ("Cn", .unassigned),
  ]
}
