// Holds a credentials provider to the time of the call that needs it.

internal import AWSJSON
internal import AWSSigV4

/// A moment after which waiting has no sense.
struct Deadline {
  private let instant: ContinuousClock.Instant
  private let clock: CallClock

  init(_ instant: ContinuousClock.Instant, clock: CallClock) {
    self.instant = instant
    self.clock = clock
  }

  /// The credentials of `provider`, if it has them in time.
  func credentials(from provider: any CredentialsProvider) async throws(ClientFailure) -> Credentials {
    // Those who have their credentials answer at once, which is no reason for two more tasks.
    if let held = (provider as? any HoldingCredentialsProvider)?.heldCredentials() { return held }
    let result = await withTaskGroup(of: Result<Credentials, ClientFailure>?.self) { group in
      group.addTask { await Self.result(of: provider) }
      group.addTask {
        let remaining = clock.uptime().duration(to: instant)
        do { try await Task.sleep(for: remaining) } catch { return nil }
        return .failure(
          .timeout(TimeoutError("no credentials within the time of the call", mayHaveReachedServer: false)))
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
    guard let result, !Task.isCancelled else { throw .cancelled }
    return try result.get()
  }

  private static func result(of provider: any CredentialsProvider) async -> Result<Credentials, ClientFailure> {
    do {
      return .success(try await provider.credentials())
    } catch {
      return .failure(.credentials(error))
    }
  }
}
