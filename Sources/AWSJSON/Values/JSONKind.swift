// The kinds of value JSON knows, as errors and the reader name them.

/// What sort of JSON value was found or wanted.
public enum JSONKind: String, Sendable, CaseIterable {
  case object, array, string, number, bool, null
  /// A number without a fraction. Only ever what was *expected*: what is found in a body is a ``number``.
  case integer
}
