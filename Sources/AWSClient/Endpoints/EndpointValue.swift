// The values that endpoint rules work with.

internal import AWSJSON

/// A parameter, the result of a function or a property of an endpoint (Smithy rules engine). What is not set is nil.
enum EndpointValue: Equatable, Sendable {
  case string(String)
  case boolean(Bool)
  case integer(Int)
  case array([EndpointValue])
  case record([String: EndpointValue])

  var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var boolean: Bool? {
    if case .boolean(let boolean) = self { boolean } else { nil }
  }

  var integer: Int? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  var array: [EndpointValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  var record: [String: EndpointValue]? {
    if case .record(let members) = self { members } else { nil }
  }

  /// What JSON has here; nil for kinds of value that the rules do not know: null, and numbers with a fraction.
  init?(_ json: JSONValue) {
    switch json {
    case .string(let text): self = .string(text)
    case .bool(let boolean): self = .boolean(boolean)
    case .integer(let integer):
      guard let integer = Int(exactly: integer) else { return nil }
      self = .integer(integer)
    case .array(let elements):
      let values = elements.compactMap { EndpointValue($0) }
      guard values.count == elements.count else { return nil }
      self = .array(values)
    case .object(let members):
      let values = members.compactMapValues { EndpointValue($0) }
      guard values.count == members.count else { return nil }
      self = .record(values)
    case .null, .number: return nil
    }
  }
}
