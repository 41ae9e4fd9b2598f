// Errors that are expected, each in its type and case.

import Testing

/// Expects `call` to fail with an error of this type, in the case that `isExpected` knows.
func expectRefusal<Failure: Error>(
  _ type: Failure.Type, _ isExpected: (Failure) -> Bool, sourceLocation: SourceLocation = #_sourceLocation,
  by call: () async throws -> Void
) async {
  let error = await #expect(throws: type, sourceLocation: sourceLocation) { try await call() }
  guard let error else { return }
  #expect(isExpected(error), "\(error)", sourceLocation: sourceLocation)
}
