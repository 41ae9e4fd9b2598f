// Who may ask the service for something: everybody, in development, or the principals that are stored and declared.

import Foundation
import KMSAccess
import KMSAudit
import KMSDomain
import KMSOperations
import KMSService
import KMSStoreSQLite
import KMSWebIdentity
import Logging

/// The parts of the service that know its principals.
struct AssembledIdentities {
  let authenticator: Authenticator
  let sts: STSEndpoint
  /// Notices changes that other processes make; nil in development, where nobody has to be known.
  let refresh: IdentityRefresh?
  /// Whether policies and grants may name a principal.
  let principalExists: @Sendable (PrincipalARN) -> Bool

  init(
    _ configuration: ServeConfiguration, _ store: SQLiteStore, _ keys: StoreKeys, _ trail: AuditTrail?,
    _ logger: Logger
  ) async throws(CommandFailure) {
    let declared = try Self.declared(configuration, logger)
    if !configuration.isDevelopment { try await Self.makeAdministrator(configuration, store, keys, logger) }
    let loader = IdentityLoader(store: store, keys: keys, account: configuration.account, declared: declared)
    let directory: IdentityDirectory
    do {
      let set = try await loader.load()
      for problem in set.problems { problem.log(to: logger) }
      directory = IdentityDirectory(set)
    } catch {
      throw CommandFailure(.configuration, error.description)
    }
    let tokens = SessionTokens(key: keys.seals.sessionTokens)
    sts = STSEndpoint(
      directory: directory, tokens: tokens, webIdentities: try Self.webIdentities(declared, logger),
      region: configuration.regions[0], admitsRoots: configuration.isDevelopment, now: { Date() })
    guard !configuration.isDevelopment else {
      logger.warning("DEVELOPMENT MODE: any credentials are accepted. Not for production.")
      authenticator = Authenticator(.trusting(account: configuration.account))
      principalExists = { _ in true }
      refresh = nil
      return
    }
    let authenticator = Authenticator(
      .verifying(
        directory, sessions: SessionIdentities(tokens: tokens, directory: directory),
        regions: Set(configuration.regions)))
    self.authenticator = authenticator
    principalExists = { directory.current.exists($0) }
    refresh = IdentityRefresh(
      loader: loader, directory: directory, onChange: { authenticator.forgetSigningKeys() },
      record: { [region = configuration.regions[0]] change in
        do {
          try await trail?.append(AuditEvent(change, at: region, time: Date().timeIntervalSince1970))
        } catch {
          logger.error("not recorded", metadata: ["event": "\(change.name.rawValue)", "cause": "\(error)"])
        }
      }, logger: logger)
  }

  private static func declared(
    _ configuration: ServeConfiguration, _ logger: Logger
  ) throws(CommandFailure) -> DeclaredIdentities {
    guard let path = configuration.identitiesFile else { return DeclaredIdentities() }
    let file = try IdentitiesFile(path: path, partition: configuration.regions[0].partition)
    if let warning = file.warning { logger.warning("\(warning)") }
    return file.declared
  }

  private static func webIdentities(
    _ declared: DeclaredIdentities, _ logger: Logger
  ) throws(CommandFailure) -> WebIdentityVerifier? {
    guard !declared.identityProviders.isEmpty else { return nil }
    do throws(WebIdentityVerifier.ConfigurationError) {
      return try WebIdentityVerifier(declared.identityProviders, logger: logger)
    } catch {
      if case .writableByOthers = error { throw CommandFailure(.noPermission, error.description) }
      throw CommandFailure(.dataError, error.description)
    }
  }

  private static func makeAdministrator(
    _ configuration: ServeConfiguration, _ store: SQLiteStore, _ keys: StoreKeys, _ logger: Logger
  ) async throws(CommandFailure) {
    guard let directory = configuration.dataDirectory else {
      throw CommandFailure(.configuration, "a service that is not for development needs a data directory")
    }
    do {
      let administrator = try await Administrator.open(
        store, keys: keys, home: AccountRegion(account: configuration.account, region: configuration.regions[0]),
        credentialsFile: directory.appending(path: "administrator.json").path(percentEncoded: false), now: Date())
      if let path = administrator.credentialsFile {
        logger.notice("administrator made: its credentials are in a file", metadata: ["path": "\(path)"])
      }
    } catch {
      throw CommandFailure(.cannotCreate, error.description)
    }
  }
}
