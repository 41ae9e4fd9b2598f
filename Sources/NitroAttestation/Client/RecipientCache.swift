// One recipient for many calls, for a while.

/// Gives the same recipient to all calls for a while, then a new one: RSA keys cost time, and the Nitro Secure Module
/// answers one request after the other.
///
/// Whoever reads the memory of the enclave while a recipient lives can open all answers that were sealed for it, so
/// without a cache each call has a recipient of its own. Calls that ask at the same time wait for one recipient. The
/// last one stays in memory until the next is asked for, or the cache is freed.
public actor RecipientCache: AttestedRecipientSource {
  /// The longest lifetime: a document must still be fresh when it arrives, and five minutes after its making it is not.
  public static let maximumLifetime = Duration.seconds(240)

  /// How the making of a recipient ends.
  typealias Making = Result<AttestedRecipient, AttestedRecipientError>

  /// How long a recipient is given after its making began.
  public nonisolated let lifetime: Duration
  private let make: @Sendable () async -> Making
  private let now: @Sendable () -> ContinuousClock.Instant
  private var held: (recipient: AttestedRecipient, until: ContinuousClock.Instant)?
  private var making: (task: Task<Making, Never>, until: ContinuousClock.Instant)?

  /// A cache over `provider`.
  ///
  /// - Parameters:
  ///   - provider: Who attests.
  ///   - keySize: How long the RSA modulus of each recipient is. AWS documents 2048 bits only.
  ///   - lifetime: How long a recipient is given out, at most ``maximumLifetime``; keep it well below
  ///     the time for which the service takes a document to be fresh. With zero every call gets a new one.
  public init(
    _ provider: some AttestationProvider, keySize: RecipientPrivateKey.Size = .bits2048,
    lifetime: Duration = .seconds(60)
  ) {
    self.init(lifetime: lifetime, now: { ContinuousClock.now }) {
      do throws(AttestedRecipientError) {
        return .success(try await AttestedRecipient(attestedBy: provider, keySize: keySize))
      } catch {
        return .failure(error)
      }
    }
  }

  init(
    lifetime: Duration, now: @escaping @Sendable () -> ContinuousClock.Instant,
    make: @escaping @Sendable () async -> Making
  ) {
    self.lifetime = min(max(lifetime, .zero), Self.maximumLifetime)
    self.now = now
    self.make = make
  }

  /// The recipient of the moment. A failure is given to those who waited for it and not kept.
  public func recipient() async throws(AttestedRecipientError) -> AttestedRecipient {
    guard lifetime > .zero else { return try await make().get() }
    if let held, now() < held.until { return held.recipient }
    let (task, until) = making ?? (Task { [make] in await make() }, now() + lifetime)
    making = (task, until)
    let result = await task.value
    // Of all who waited only the first finds it so; by then another may be under way for those who came later.
    if making?.task == task {
      making = nil
      held = (try? result.get()).map { ($0, until) }
    }
    return try result.get()
  }
}
