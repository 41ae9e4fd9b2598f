// Connecting a custom key store in the background.

public import KMSDomain
import KMSModel

extension OperationContext {
  /// Goes on with the connections that a stop of the service interrupted. Call it once, at the start.
  public func resumeConnecting() async throws(Fault) {
    let names = try await keys.store.read { reader throws(Fault) in try UnfinishedConnections.all(in: reader) }
    for name in names { connect(name.id, in: name.home, requestID: "resumed-\(name.id)") }
  }

  /// Connects a store that is CONNECTING, in the background.
  func connect(_ id: String, in home: AccountRegion, requestID: String) {
    let attempts = externalKeyStores.attempts
    attempts.start(UnfinishedConnections.Name(id: id, home: home)) {
      var failures = 0
      // Until it is settled or the service stops, whatever the database does meanwhile.
      while !Task.isCancelled {
        switch await attemptConnecting(id, in: home, requestID: requestID) {
        case .settled: return
        case .changed: failures = 0
        case .failed(let fault):
          failures += 1
          attempts.report(
            ConnectionAttempts.Failure(
              customKeyStoreID: id, count: failures, reason: fault.cause.map { "\($0)" } ?? fault.kind.rawValue))
          try? await Task.sleep(for: ConnectionAttempts.pause(after: failures))
        }
      }
    }
  }

  /// What became of one attempt.
  private enum Outcome {
    /// There is nothing more to do.
    case settled
    /// What was tried is not what there is now.
    case changed
    /// The database did not let it be known.
    case failed(Fault)
  }

  /// Asks the proxy and records what it said.
  private func attemptConnecting(_ id: String, in home: AccountRegion, requestID: String) async -> Outcome {
    do throws(Fault) {
      let tried = try await keys.customKeyStore(id, in: home)
      let errorCode = tried.connectionState == .connecting ? await connectionError(tried, requestID) : nil
      // A stop ends the call to the proxy early: that is no failure of the proxy's.
      if Task.isCancelled { return .settled }
      return try await keys.updateCustomKeyStore(id, in: home) { store, transaction throws(Fault) in
        if store.connectionState == .connecting {
          // Disconnected, changed and to be connected again meanwhile: what was tried is not what it is now.
          guard store.proxy == tried.proxy, tried.connectionState == .connecting else { return .changed }
          store.connectionState = errorCode == nil ? .connected : .failed
          store.connectionErrorCode = errorCode?.rawValue
        }
        try UnfinishedConnections.remove(id, in: home, transaction)
        return .settled
      }
    } catch {
      guard error.kind == .customKeyStoreNotFound else { return .failed(error) }
      return await forget(id, in: home)
    }
  }

  /// Why the store cannot be connected; nil when it can.
  private func connectionError(_ store: CustomKeyStore, _ requestID: String) async -> ConnectionErrorCode? {
    guard let proxy = try? access(to: store) else { return .internalError }
    do {
      try await checkHealth(of: proxy, for: ConnectCustomKeyStore.name, requestID: requestID)
      return nil
    } catch {
      return error.connectionErrorCode
    }
  }

  /// Takes a store that no longer exists off the list.
  private func forget(_ id: String, in home: AccountRegion) async -> Outcome {
    do throws(Fault) {
      try await keys.store.write { transaction throws(Fault) in
        try UnfinishedConnections.remove(id, in: home, transaction)
      }
      return .settled
    } catch {
      return .failed(error)
    }
  }
}
