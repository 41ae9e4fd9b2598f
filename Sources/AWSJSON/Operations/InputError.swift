// Why a service refuses a request's body.

/// A body that is not the operation's input.
public enum InputError: Error, Equatable, Sendable {
  /// Not JSON, or not of the model's shape: `SerializationException`.
  case serialization(JSONError)
  /// Of the model's shape, but outside its constraints: `ValidationException` with this message.
  case constraints(message: String)
}
