// A file that the generator made.

/// A generated file: where it goes and what is in it.
public struct GeneratedFile: Equatable, Sendable {
  /// The path inside the output folder, with `/` between its parts.
  public var path: String
  public var text: String

  public init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}
