// The life of a client as a service of swift-service-lifecycle.

internal import ServiceLifecycle

extension AWSServiceClient {
  /// Waits for the end of its `ServiceGroup`, then closes the client's connections.
  ///
  /// List the client before the services that use it: a group shuts down in reverse order, so calls under way can end.
  public func run() async throws {
    // Cancellation is an end like any other.
    try? await gracefulShutdown()
    try await shutdown()
  }
}
