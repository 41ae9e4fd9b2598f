// Puts the service together from its parts: the one place that knows them all.

import Foundation
import KMSAudit
import KMSCrypto
import KMSDomain
import KMSExternalKeyStore
import KMSMetrics
import KMSOperations
import KMSServer
import KMSService
import KMSStoreSQLite
import Logging
import SecureMemory

/// A service with everything it stands on.
struct ServiceAssembly {
  let service: Service
  let backgroundWork: BackgroundWork
  /// Notices changes of identities that other processes make; nil where there are none to notice.
  let identityRefresh: IdentityRefresh?
  let httpConfiguration: HTTPServer.Configuration
  let metrics: MetricsRoute
  let health: HealthRoutes
  private let store: SQLiteStore
  private let trail: AuditTrail?
  private let cryptography: CryptographyThreads
  private let externalKeyStores: XKSProxyClient

  /// Opens the store and its keys, finds out who may sign, and builds the service.
  init(_ configuration: ServeConfiguration, logger: Logger) async throws(CommandFailure) {
    let declaration = try AssembledIdentities.Declaration(configuration, logger)
    externalKeyStores = try Self.makeProxyClient(configuration, logger)
    let attestationVerifier = try configuration.attestation.verifier(logger)
    store = try Self.openStore(configuration)
    var opened: AuditTrail?
    do {
      let rootKey = try await Self.rootKey(for: store, configuration)
      let keys = try await Self.openKeys(of: store, rootKey)
      opened = try await Self.openTrail(configuration, store, keys, rootKey, logger)
      let trail = opened
      self.trail = trail
      let identities = try await AssembledIdentities(configuration, declaration, store, keys, trail, logger)
      cryptography = CryptographyThreads(queueLimit: configuration.keyPairQueue)
      let counters = ServiceMetrics(.served)
      let context = OperationContext(
        store: store, keys: keys, slowCryptography: cryptography, externalKeyStores: externalKeyStores,
        attestationVerifier: attestationVerifier, quotas: configuration.quotas,
        requestLimiter: RequestLimiter(
          configuration.requestQuotas, onRefusal: { counters.recordThrottled(requestQuota: $0.name) }),
        regions: configuration.isDevelopment ? nil : Set(configuration.regions),
        principalExists: identities.principalExists, keepsRecords: opened != nil, now: { Date() })
      service = Service(
        authenticator: identities.authenticator, context: context, sts: identities.sts, trail: opened,
        metrics: counters, explains: configuration.explains, logger: logger)
      backgroundWork = BackgroundWork(context: context, trail: opened, logger: logger)
      identityRefresh = identities.refresh
      metrics = Self.metricsRoute(counters, cryptography, trail)
      // A service that cannot record answers nothing.
      health = HealthRoutes(isReady: { trail?.isTaking ?? true })
      try await Self.resumeConnecting(context)
    } catch {
      await opened?.close()
      await store.close()
      throw error
    }
    var http = HTTPServer.Configuration(host: configuration.host, port: configuration.port)
    http.tls = configuration.tls.map { TLSFiles(certificatePath: $0.certificate, keyPath: $0.key) }
    httpConfiguration = http
  }

  /// Refuses the key pairs that wait to be made, so that a stop need not wait for them.
  func refuseSlowWork() {
    cryptography.close()
  }

  /// Lets go of everything, after the last answer.
  func close() async {
    refuseSlowWork()
    await externalKeyStores.shutdown()
    await backgroundWork.keepUsage()
    await trail?.close()
    await store.close()
  }

  private static func makeProxyClient(
    _ configuration: ServeConfiguration, _ logger: Logger
  ) throws(CommandFailure) -> XKSProxyClient {
    do throws(XKSProxyClient.ConfigurationError) {
      return try XKSProxyClient(configuration.xksProxies, logger: logger, now: { Date() })
    } catch {
      throw CommandFailure(.noInput, error.description)
    }
  }

  /// Goes on with the custom key stores that were being connected when the service last stopped.
  private static func resumeConnecting(_ context: OperationContext) async throws(CommandFailure) {
    do {
      try await context.resumeConnecting()
    } catch {
      let reason = error.cause.map { "\($0)" } ?? error.kind.rawValue
      throw CommandFailure(.configuration, "the store cannot be read: \(reason)")
    }
  }

  private static func openStore(_ configuration: ServeConfiguration) throws(CommandFailure) -> SQLiteStore {
    do {
      guard let directory = configuration.dataDirectory else { return try SQLiteStore.temporary() }
      return try SQLiteStore(directory: directory.path(percentEncoded: false))
    } catch let error as StoreLockedError {
      throw CommandFailure(.temporaryFailure, error.description)
    } catch {
      throw CommandFailure(.cannotCreate, "the store cannot be opened: \(error)")
    }
  }

  private static func openKeys(
    of store: SQLiteStore, _ rootKey: SecretBytes
  ) async throws(CommandFailure) -> StoreKeys {
    do throws(StoreKeys.Failure) {
      return try await StoreKeys.open(store, rootKey: rootKey)
    } catch {
      throw CommandFailure(.configuration, error.description)
    }
  }

  private static func rootKey(
    for store: SQLiteStore, _ configuration: ServeConfiguration
  ) async throws(CommandFailure) -> SecretBytes {
    // A store that is gone at exit needs a root key no longer than that.
    guard let directory = configuration.dataDirectory else { return RandomBytes.bytes(count: 32) }
    let file = RootKeyFile(
      path: configuration.rootKeyFile ?? directory.appending(path: "root.key").path(percentEncoded: false))
    let storeIsNew: Bool
    do throws(StoreKeys.Failure) {
      storeIsNew = try await !StoreKeys.exist(in: store)
    } catch {
      throw CommandFailure(.configuration, error.description)
    }
    do throws(RootKeyFile.Failure) {
      // A store that has its keys already needs the root key it was made with, not a new one.
      if storeIsNew, !file.exists { try file.create(RandomBytes.bytes(count: 32)) }
      return try file.load()
    } catch {
      throw CommandFailure(.noPermission, error.description)
    }
  }

  private static func openTrail(
    _ configuration: ServeConfiguration, _ store: SQLiteStore, _ keys: StoreKeys, _ rootKey: SecretBytes,
    _ logger: Logger
  ) async throws(CommandFailure) -> AuditTrail? {
    guard let directory = configuration.dataDirectory, configuration.audit.isWanted != false else {
      if !configuration.isDevelopment { logger.warning("the audit trail is off: nobody will know who did what") }
      return nil
    }
    do {
      let trail = try await AuditTrail(
        directory: directory.appending(path: "audit").path(percentEncoded: false),
        key: try configuration.audit.key(keys),
        heads: StoredAuditHead(store: store), hasBegun: keys.hasAuditTrail,
        configuration: AuditTrail.Configuration(
          maximumFileBytes: configuration.audit.maximumFileBytes,
          maximumFileAge: .seconds(configuration.audit.maximumFileAge)), logger: logger, now: { Date() })
      // After its head has been saved: a crash in between is no loss of a trail.
      if !keys.hasAuditTrail { try await StoreKeys.noteAuditTrail(in: store, rootKey: rootKey) }
      await recordLoss(in: trail, configuration, logger)
      return trail
    } catch let failure as CommandFailure {
      throw failure
    } catch {
      throw CommandFailure(.configuration, "the audit trail cannot be opened: \(error)")
    }
  }

  /// Begins a trail in place of one that was lost with a record of that. The trail tells of it without one, too.
  private static func recordLoss(in trail: AuditTrail, _ configuration: ServeConfiguration, _ logger: Logger) async {
    guard trail.lacksRecordOfLoss else { return }
    let home = AccountRegion(account: configuration.account, region: configuration.regions[0])
    do {
      try await trail.append(AuditEvent(lossOfTrailIn: home, time: Date().timeIntervalSince1970))
    } catch {
      logger.error("not recorded", metadata: ["event": "AuditTrailLost", "cause": "\(error)"])
    }
  }

  private static func metricsRoute(
    _ counters: ServiceMetrics, _ cryptography: CryptographyThreads, _ trail: AuditTrail?
  ) -> MetricsRoute {
    let page = MetricsPage(counters, version: Version.current, startTime: Date().timeIntervalSince1970)
    return MetricsRoute(contentType: MetricsPage.contentType) { load in
      var figures: [Figure] = [
        .gauge("keywright_key_pair_queue_depth", "Key pairs that wait to be made.", cryptography.waitingPairs),
        .gauge(
          "keywright_attestation_queue_depth", "Attestation documents that wait to be verified.",
          cryptography.waitingVerifications),
        .gauge("keywright_requests_in_flight", "Requests being answered.", load.requestsInFlight),
        .gauge("keywright_open_connections", "Open connections.", load.openConnections),
        .counter("keywright_http_refusals_total", "Requests that the HTTP server itself refused.", load.refusals),
      ]
      if let trail {
        figures.append(
          .gauge("keywright_audit_queue_depth", "Audit records that wait to be durable.", trail.queueDepth))
        figures.append(
          .gauge("keywright_audit_available", "Whether audit records are taken: 1 or 0.", trail.isTaking ? 1 : 0))
      }
      return page.text(figures: figures)
    }
  }
}
