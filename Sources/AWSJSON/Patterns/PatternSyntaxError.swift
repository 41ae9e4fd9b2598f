// Why a pattern of a model cannot be used.

/// A pattern outside the supported subset, with the place where that shows, in Unicode scalars from its start.
public struct PatternSyntaxError: Error, Equatable, Sendable, CustomStringConvertible {
  public let offset: Int
  public let reason: String

  public var description: String { "pattern not supported at \(offset): \(reason)" }
}
