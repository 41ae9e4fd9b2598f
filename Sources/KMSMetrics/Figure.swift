// A figure that is kept elsewhere, and looked up when somebody asks for it.

/// A number without labels, such as the depth of a queue.
public struct Figure: Sendable {
  enum Kind: Sendable {
    case counter
    case gauge
  }

  let kind: Kind
  let name: StaticString
  let help: StaticString
  let value: Double

  /// A number that only rises; its name ends in `_total`. The help is one line.
  public static func counter(_ name: StaticString, _ help: StaticString, _ value: Int) -> Figure {
    Figure(kind: .counter, name: name, help: help, value: Double(value))
  }

  /// A number that rises and falls. The help is one line.
  public static func gauge(_ name: StaticString, _ help: StaticString, _ value: Int) -> Figure {
    Figure(kind: .gauge, name: name, help: help, value: Double(value))
  }
}
