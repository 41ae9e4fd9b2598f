// What every generated enumeration can do.

/// A string enumeration that also holds values it does not know, so that a newer service cannot break an older client.
public protocol AWSJSONEnumeration: Sendable, Hashable {
  /// The values of the model, in its order.
  static var allKnown: [Self] { get }
  /// The value on the wire.
  var rawValue: String { get }
  /// Whether the model has this value.
  var isKnown: Bool { get }
  /// The value of this text, known or not.
  init(rawValue: String)
  /// The value of a text that still lies in the body; generated code finds known ones without making a `String`.
  init(_ text: JSONName)
}

extension AWSJSONEnumeration {
  public init(_ text: JSONName) { self.init(rawValue: text.string) }
}
