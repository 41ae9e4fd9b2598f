// Values that stand in for absent members.

/// A value that a member has when nobody gave one.
public enum ResolvedDefault: Equatable, Sendable {
  case text(String)
  case bytes([UInt8])
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  /// A time, in seconds since 1970.
  case seconds(Double)
  case emptyList
  case emptyMap
  case document(JSONNode)
  /// The Swift name of an enum's case, or of an intEnum's constant.
  case enumeration(String)
  /// A value of an enum that the model does not list, as it is on the wire.
  case unlistedText(String)
  case unlistedInteger(Int)
  /// A union without a member that anybody knows.
  case unknownUnion
  /// A structure whose own members are absent.
  case emptyStructure
}

extension ResolvedValue {
  /// What a client makes up when a service leaves out a required value of this type; nil when that is an error.
  ///
  /// Specification: <https://smithy.io/2.0/spec/aggregate-types.html#client-error-correction>.
  func correction(_ extent: Overlay.ErrorCorrection) -> ResolvedDefault? {
    switch (extent, type) {
    case (.none, _): nil
    case (.flags, .enumeration), (.flags, .intEnumeration), (.flags, .boolean), (.all, _): emptyValue
    case (.flags, _): nil
    }
  }

  /// The empty, zero or false value of the type.
  var emptyValue: ResolvedDefault {
    switch type {
    case .string: .text("")
    case .blob: .bytes([])
    case .boolean: .boolean(false)
    case .integer, .number: .integer(0)
    case .float, .double: .number(0)
    case .timestamp: .seconds(0)
    case .document: .document(.null)
    case .enumeration: .unlistedText("")
    case .intEnumeration: .unlistedInteger(0)
    case .structure: .emptyStructure
    case .union: .unknownUnion
    case .list: .emptyList
    case .map: .emptyMap
    }
  }
}
