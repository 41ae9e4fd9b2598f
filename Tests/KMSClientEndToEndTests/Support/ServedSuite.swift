// One service for all tests of a suite.

import Testing

/// Starts a service before the first test of a suite, and stops it after the last, however they ended.
struct ServedSuite: SuiteTrait, TestScoping {
  let program: ServerProgram

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let server = try await Server.start(program)
    do {
      try await Server.$current.withValue(server) { try await function() }
    } catch {
      await server.stop()
      throw error
    }
    await server.stop()
  }
}

extension Trait where Self == ServedSuite {
  /// The suite's tests call this service.
  static func served(by program: ServerProgram) -> Self { Self(program: program) }
}

extension Server {
  /// The service of the suite that is running.
  @TaskLocal static var current: Server?
}
