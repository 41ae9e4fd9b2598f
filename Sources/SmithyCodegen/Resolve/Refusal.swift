// Why the generator will not make code for a model that it understood.

/// Something in the model or the overlay that no correct code can be made for (yet).
public struct Refusal: Error, Equatable, Sendable, CustomStringConvertible {
  /// The shape, member or overlay entry concerned.
  public var subject: String
  /// Why it is refused.
  public var reason: String

  public init(_ subject: String, _ reason: String) {
    self.subject = subject
    self.reason = reason
  }

  public var description: String { "\(subject): \(reason)" }
}
