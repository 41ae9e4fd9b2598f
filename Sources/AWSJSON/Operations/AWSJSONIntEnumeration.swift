// What every generated enumeration of numbers can do.

/// An enumeration whose values are whole numbers (Smithy's `intEnum`). Numbers that it does not know survive.
public protocol AWSJSONIntEnumeration: Sendable, Hashable {
  /// The values of the model, in its order.
  static var allKnown: [Self] { get }
  /// The value on the wire.
  var rawValue: Int { get }
  /// The value of this number, known or not.
  init(rawValue: Int)
}

extension AWSJSONIntEnumeration {
  /// Whether the model has this value.
  public var isKnown: Bool { Self.allKnown.contains(self) }
}

extension JSONReader {
  /// The whole number that comes next, as a value of an enumeration; unknown ones survive.
  @inlinable
  public mutating func readIntEnumeration<Value: AWSJSONIntEnumeration>(
    _ type: Value.Type = Value.self
  ) throws(JSONError) -> Value {
    Value(rawValue: try readInt(bits: 32))
  }
}

extension JSONWriter {
  @inlinable
  public mutating func intEnumeration(_ value: some AWSJSONIntEnumeration) { int(value.rawValue) }
}

extension Validation {
  /// That an enumeration's number is one the model knows.
  @inlinable
  public mutating func checkEnumeration<Value: AWSJSONIntEnumeration>(
    _ value: Value?, at name: StaticString? = nil, isSensitive: Bool = false
  ) {
    guard enforcesConstraints, let value, !value.isKnown else { return }
    let known = Value.allKnown.map { String($0.rawValue) }
    record(.enumeration(known), isSensitive ? nil : String(value.rawValue), at: name)
  }
}
