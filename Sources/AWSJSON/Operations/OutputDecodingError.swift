// Why a client cannot use a reply's body.

/// A body that is not the operation's output.
public enum OutputDecodingError: Error, Equatable, Sendable {
  /// Not JSON, or not of the model's shape.
  case malformed(JSONError)
  /// Required members are missing; the message names them, and holds nothing else of the body.
  case missing(message: String)
}

extension OutputDecodingError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .malformed(let error): error.description
    case .missing(let message): message
    }
  }
}
