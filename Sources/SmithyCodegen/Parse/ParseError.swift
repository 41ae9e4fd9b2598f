// What is wrong with a file the generator was given.

/// A model or overlay that could not be understood: where, and why.
public struct ParseError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The place, for example `kms.json: com.amazonaws.kms#KeySpec`.
  public var path: String
  /// What is wrong there.
  public var reason: String

  public init(path: String, reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { "\(path): \(reason)" }
}
