// The checks that generated code makes. A nil value passes them all: whether it may be absent is another rule.

public import SecureMemory

extension Validation {
  /// Whether constraints are to be checked at all.
  @inlinable
  public var enforcesConstraints: Bool { mode == .enforceConstraints }

  // MARK: Length

  /// A string's length, in Unicode scalar values (Smithy's `length` trait).
  @inlinable
  public mutating func checkLength(
    _ value: String?, min: Int = 0, max: Int = .max, at name: StaticString? = nil, isSensitive: Bool = false
  ) {
    guard enforcesConstraints, let value else { return }
    let size = value.utf8.count
    // A scalar takes one to four bytes, so most strings need no counting.
    if size <= max && (size + 3) / 4 >= min { return }
    checkCount(value.unicodeScalars.count, min, max, isSensitive ? nil : value, at: name)
  }

  /// A blob's length, in bytes.
  @inlinable
  public mutating func checkLength(
    _ value: [UInt8]?, min: Int = 0, max: Int = .max, at name: StaticString? = nil, isSensitive: Bool = false
  ) {
    if enforcesConstraints, let value { checkCount(value.count, min, max, nil, at: name) }
  }

  /// A secret blob's length, in bytes.
  @inlinable
  public mutating func checkLength(
    _ value: SecretBytes?, min: Int = 0, max: Int = .max, at name: StaticString? = nil, isSensitive: Bool = true
  ) {
    if enforcesConstraints, let value { checkCount(value.count, min, max, nil, at: name) }
  }

  /// A secret string's length, in Unicode scalar values of its UTF-8.
  @inlinable
  public mutating func checkTextLength(
    _ value: SecretBytes?, min: Int = 0, max: Int = .max, at name: StaticString? = nil
  ) {
    guard enforcesConstraints, let value else { return }
    // Every byte but the continuation bytes begins a scalar.
    let count = value.withUnsafeBytes { text in text.count { $0 & 0xC0 != 0x80 } }
    checkCount(count, min, max, nil, at: name)
  }

  /// A list's number of elements. Lists of strings and enumeration values are shown as `[a, b]`.
  @inlinable
  public mutating func checkLength<Element>(
    _ value: [Element]?, min: Int = 0, max: Int = .max, at name: StaticString? = nil, isSensitive: Bool = false
  ) {
    guard enforcesConstraints, let value, value.count < min || value.count > max else { return }
    checkCount(value.count, min, max, isSensitive ? nil : Self.rendered(value), at: name)
  }

  /// A map's number of entries.
  @inlinable
  public mutating func checkLength<Value>(
    _ value: [String: Value]?, min: Int = 0, max: Int = .max, at name: StaticString? = nil, isSensitive: Bool = false
  ) {
    if enforcesConstraints, let value { checkCount(value.count, min, max, nil, at: name) }
  }

  @usableFromInline
  mutating func checkCount(_ count: Int, _ min: Int, _ max: Int, _ rendered: String?, at name: StaticString?) {
    if count < min { record(.minimumLength(min), rendered, at: name) }
    if count > max { record(.maximumLength(max), rendered, at: name) }
  }

  @usableFromInline
  static func rendered<Element>(_ elements: [Element]) -> String? {
    var texts: [String] = []
    for element in elements {
      switch element {
      case let text as String: texts.append(text)
      case let value as any AWSJSONEnumeration: texts.append(value.rawValue)
      default: return nil
      }
    }
    return "[\(texts.joined(separator: ", "))]"
  }

  // MARK: Value

  /// An integer's range.
  @inlinable
  public mutating func checkRange(
    _ value: Int?, min: Int = .min, max: Int = .max, at name: StaticString? = nil, isSensitive: Bool = false
  ) {
    guard enforcesConstraints, let value, value < min || value > max else { return }
    let rule: ConstraintRule = value < min ? .minimumValue("\(min)") : .maximumValue("\(max)")
    record(rule, isSensitive ? nil : "\(value)", at: name)
  }

  /// A floating-point number's range; NaN is in none.
  @inlinable
  public mutating func checkRange(
    _ value: Double?, min: Double = -.infinity, max: Double = .infinity, at name: StaticString? = nil,
    isSensitive: Bool = false
  ) {
    guard enforcesConstraints, let value, !(value >= min && value <= max) else { return }
    let rule: ConstraintRule = value > max ? .maximumValue("\(max)") : .minimumValue("\(min)")
    record(rule, isSensitive ? nil : "\(value)", at: name)
  }

  /// A number's range, whatever its precision.
  @inlinable
  public mutating func checkRange(
    _ value: JSONNumber?, min: Double = -.infinity, max: Double = .infinity, at name: StaticString? = nil,
    isSensitive: Bool = false
  ) {
    checkRange(value?.double, min: min, max: max, at: name, isSensitive: isSensitive)
  }

  /// As ``checkRange(_:min:max:at:isSensitive:)-(Double?,_,_,_,_)`` for single precision.
  @inlinable
  public mutating func checkRange(
    _ value: Float?, min: Double = -.infinity, max: Double = .infinity, at name: StaticString? = nil,
    isSensitive: Bool = false
  ) {
    checkRange(value.map(Double.init), min: min, max: max, at: name, isSensitive: isSensitive)
  }

  /// A string's pattern, which must match all of it.
  @inlinable
  public mutating func checkPattern(
    _ value: String?, _ pattern: @autoclosure () -> PatternConstraint, at name: StaticString? = nil,
    isSensitive: Bool = false
  ) {
    guard enforcesConstraints, let value else { return }
    let pattern = pattern()
    if !pattern.matches(value) { record(.pattern(pattern.source), isSensitive ? nil : value, at: name) }
  }

  /// As ``checkPattern(_:_:at:isSensitive:)`` for a secret string.
  @inlinable
  public mutating func checkPattern(
    _ value: SecretBytes?, _ pattern: @autoclosure () -> PatternConstraint, at name: StaticString? = nil
  ) {
    guard enforcesConstraints, let value else { return }
    let pattern = pattern()
    if !pattern.matches(value) { record(.pattern(pattern.source), nil, at: name) }
  }

  /// That an enumeration's value is one the model knows.
  @inlinable
  public mutating func checkEnumeration<Value: AWSJSONEnumeration>(
    _ value: Value?, at name: StaticString? = nil, isSensitive: Bool = false
  ) {
    guard enforcesConstraints, let value, !value.isKnown else { return }
    record(.enumeration(Value.allKnown.map(\.rawValue)), isSensitive ? nil : value.rawValue, at: name)
  }

  // MARK: Collections

  /// Runs `check` in the place of each element of a list.
  @inlinable
  public mutating func checkElements<Element>(
    _ elements: [Element]?, at name: StaticString? = nil, _ check: (inout Validation, Element) -> Void
  ) {
    guard enforcesConstraints, let elements else { return }
    if let name { enter(name) }
    for (index, element) in elements.enumerated() {
      enter(element: index)
      check(&self, element)
      leave()
    }
    if name != nil { leave() }
  }

  /// Runs `check` in the place of each value of a map, in the order of the keys.
  @inlinable
  public mutating func checkValues<Value>(
    _ map: [String: Value]?, at name: StaticString? = nil, _ check: (inout Validation, Value) -> Void
  ) {
    checkEntries(map, at: name) { validation, _, value in check(&validation, value) }
  }

  /// Runs `check` on each key of a map, in their order, in the place of its value.
  @inlinable
  public mutating func checkKeys<Value>(
    _ map: [String: Value]?, at name: StaticString? = nil, _ check: (inout Validation, String) -> Void
  ) {
    checkEntries(map, at: name) { validation, key, _ in check(&validation, key) }
  }

  @inlinable
  mutating func checkEntries<Value>(
    _ map: [String: Value]?, at name: StaticString?, _ check: (inout Validation, String, Value) -> Void
  ) {
    guard enforcesConstraints, let map else { return }
    if let name { enter(name) }
    for (key, value) in map.sorted(by: { $0.key < $1.key }) {
      enter(key: key)
      check(&self, key, value)
      leave()
    }
    if name != nil { leave() }
  }
}
