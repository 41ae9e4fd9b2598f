// How a check says what a store did wrong.

import KMSDomain

/// A property that a store does not have.
public struct Nonconformity: Error, CustomStringConvertible {
  /// What was expected, what was seen, and where in the suite.
  public let description: String

  init(_ text: String, _ file: StaticString, _ line: UInt) {
    description = "\(text) (\(file):\(line))"
  }
}

/// Requires `condition`.
func expect(
  _ condition: Bool, _ text: @autoclosure () -> String, file: StaticString = #fileID, line: UInt = #line
) throws {
  guard condition else { throw Nonconformity(text(), file, line) }
}

/// Requires two values to be equal.
func expect<Value: Equatable>(
  _ actual: Value, equals expected: Value, _ what: String, file: StaticString = #fileID, line: UInt = #line
) throws {
  guard actual == expected else {
    let (actual, expected) = (excerpt(actual), excerpt(expected))
    throw Nonconformity("\(what): expected \(expected), found \(actual)", file, line)
  }
}

/// Requires `call` to end in an internal failure.
func expectInternalFailure(
  _ what: String, file: StaticString = #fileID, line: UInt = #line, _ call: () async throws(Fault) -> Void
) async throws {
  do {
    try await call()
  } catch {
    guard error.kind == .internalFailure, error.cause != nil else {
      throw Nonconformity("\(what): expected an internal failure with a cause, found \(error)", file, line)
    }
    return
  }
  throw Nonconformity("\(what): expected an internal failure, found success", file, line)
}

private func excerpt(_ value: some Equatable) -> String {
  let text = String(reflecting: value)
  return text.count <= 600 ? text : text.prefix(600) + "…"
}
