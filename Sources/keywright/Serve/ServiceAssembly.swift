// Puts the service together from its parts: the one place that knows them all.

import Foundation
import KMSAccess
import KMSCrypto
import KMSDomain
import KMSExternalKeyStore
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
  let httpConfiguration: HTTPServer.Configuration
  private let store: SQLiteStore
  private let cryptography: CryptographyThreads
  private let externalKeyStores: XKSProxyClient

  /// Opens the store and its keys, finds out who may sign, and builds the service.
  init(_ configuration: ServeConfiguration, logger: Logger) async throws(CommandFailure) {
    externalKeyStores = try Self.makeProxyClient(configuration, logger)
    store = try Self.openStore(configuration)
    do {
      let keys = try await Self.openKeys(of: store, configuration)
      let mode = try await Self.authentication(configuration, store, keys, logger)
      cryptography = CryptographyThreads(queueLimit: configuration.keyPairQueue)
      let context = OperationContext(
        authorizer: Authorizer(), keys: KeyDirectory(store: store, vault: keys.vault), slowCryptography: cryptography,
        externalKeyStores: externalKeyStores, seals: keys.seals, usage: UsageLog(), quotas: configuration.quotas,
        regions: configuration.isDevelopment ? nil : Set(configuration.regions), now: { Date() })
      service = Service(authenticator: Authenticator(mode), context: context, logger: logger)
      backgroundWork = BackgroundWork(context: context, logger: logger)
      try await Self.resumeConnecting(context)
    } catch {
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
      return try SQLiteStore(directory: directory.path())
    } catch let error as StoreLockedError {
      throw CommandFailure(.temporaryFailure, error.description)
    } catch {
      throw CommandFailure(.cannotCreate, "the store cannot be opened: \(error)")
    }
  }

  private static func openKeys(
    of store: SQLiteStore, _ configuration: ServeConfiguration
  ) async throws(CommandFailure) -> StoreKeys {
    let rootKey = try await rootKey(for: store, configuration)
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
    let file = RootKeyFile(path: configuration.rootKeyFile ?? directory.appending(path: "root.key").path())
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

  private static func authentication(
    _ configuration: ServeConfiguration, _ store: SQLiteStore, _ keys: StoreKeys, _ logger: Logger
  ) async throws(CommandFailure) -> Authenticator.Mode {
    if configuration.isDevelopment {
      logger.warning("DEVELOPMENT MODE: any credentials are accepted. Not for production.")
      return .trusting(account: configuration.account)
    }
    var principals: [SigningPrincipal] = []
    if let path = configuration.identitiesFile {
      let file = try IdentitiesFile(path: path, partition: configuration.regions[0].partition)
      principals = file.principals
      logger.warning(
        "policies are not evaluated by this release: every declared user may do everything in its own account, and nothing elsewhere",
        metadata: ["users": "\(Set(principals.map(\.arn)).count)"])
      for item in file.ignored { logger.warning("declared but not acted on", metadata: ["item": "\(item)"]) }
    }
    principals.append(try await administrator(configuration, store, keys, logger).principal)
    return .verifying(principals, regions: Set(configuration.regions))
  }

  private static func administrator(
    _ configuration: ServeConfiguration, _ store: SQLiteStore, _ keys: StoreKeys, _ logger: Logger
  ) async throws(CommandFailure) -> Administrator {
    guard let directory = configuration.dataDirectory else {
      throw CommandFailure(.configuration, "a service that is not for development needs a data directory")
    }
    do {
      let administrator = try await Administrator.open(
        store, keys: keys, home: AccountRegion(account: configuration.account, region: configuration.regions[0]),
        credentialsFile: directory.appending(path: "administrator.json").path(), now: Date())
      if let path = administrator.credentialsFile {
        logger.notice("administrator made: its credentials are in a file", metadata: ["path": "\(path)"])
      }
      return administrator
    } catch {
      throw CommandFailure(.cannotCreate, error.description)
    }
  }
}
