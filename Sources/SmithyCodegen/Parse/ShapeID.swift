// The absolute name of a Smithy shape.

/// A shape's id, `namespace#Name`.
public struct ShapeID: Hashable, Sendable, Comparable, CustomStringConvertible {
  public var namespace: String
  public var name: String

  public init(namespace: String, name: String) {
    self.namespace = namespace
    self.name = name
  }

  /// Parses an absolute shape id; nil when `text` is not one.
  public init?(_ text: String) {
    let parts = text.split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count == 2, let namespace = parts.first, let name = parts.last, !namespace.isEmpty, !name.isEmpty
    else { return nil }
    self.init(namespace: String(namespace), name: String(name))
  }

  public var description: String { "\(namespace)#\(name)" }

  public static func < (left: ShapeID, right: ShapeID) -> Bool {
    (left.namespace, left.name) < (right.namespace, right.name)
  }

  /// The shape that stands for "nothing" as an operation's input or output.
  public static let unit = ShapeID(namespace: "smithy.api", name: "Unit")
}
