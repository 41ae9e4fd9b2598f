// Notices when another process has changed who there is.

public import KMSAccess
public import Logging

/// Looks again and again whether the store's identities have changed, and puts the new ones in force, until its task
/// is cancelled.
public struct IdentityRefresh: Sendable {
  private let loader: IdentityLoader
  private let directory: IdentityDirectory
  private let interval: Duration
  private let onChange: @Sendable () -> Void
  private let record: @Sendable (IdentityChange) async -> Void
  private let logger: Logger

  /// Keeps `directory` as `loader` finds it, looking every `interval`.
  ///
  /// - Parameters:
  ///   - onChange: called when other identities are in force.
  ///   - record: called afterwards with each difference, one after the other. A change is in force whether or not it can
  ///     be recorded: who was shut out must not come in because a disk is full.
  public init(
    loader: IdentityLoader, directory: IdentityDirectory, interval: Duration = .seconds(1),
    onChange: @escaping @Sendable () -> Void = {},
    record: @escaping @Sendable (IdentityChange) async -> Void = { _ in }, logger: Logger
  ) {
    self.onChange = onChange
    self.record = record
    self.loader = loader
    self.directory = directory
    self.interval = interval
    self.logger = logger
  }

  /// Runs until cancelled. What fails is logged once, and tried again the next time.
  public func run() async {
    var lastFailure: String?
    while !Task.isCancelled {
      do {
        try await refresh()
        lastFailure = nil
      } catch {
        if lastFailure != error.description {
          logger.error("the identities could not be read again", metadata: ["cause": "\(error)"])
        }
        lastFailure = error.description
      }
      try? await Task.sleep(for: interval)
    }
  }

  /// Puts the store's identities in force if they have changed.
  ///
  /// - Returns: whether they had.
  @discardableResult
  public func refresh() async throws(IdentityLoader.Failure) -> Bool {
    let old = directory.current
    guard try await loader.revision() != old.revision else { return false }
    let new = try await loader.reload()
    directory.replace(with: new)
    onChange()
    logger.notice("identities changed", metadata: ["revision": "\(new.revision)"])
    for problem in new.problems where !old.problems.contains(problem) { problem.log(to: logger) }
    for change in new.changes(from: old) { await record(change) }
    return true
  }
}

extension IdentityProblem {
  /// Tells the operator.
  public func log(to logger: Logger) {
    logger.error("left out of the identities", metadata: ["what": "\(subject)", "reason": "\(reason)"])
  }
}
