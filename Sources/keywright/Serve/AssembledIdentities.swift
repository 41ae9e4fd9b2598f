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

  /// What the operator declares, checked as far as it can be without the store.
  struct Declaration {
    let identities: DeclaredIdentities
    let webIdentities: WebIdentityVerifier

    /// Reads the file of identities, and the files of keys that it names. Nothing is changed for it, so that it comes
    /// before the store is opened.
    init(_ configuration: ServeConfiguration, _ logger: Logger) throws(CommandFailure) {
      identities = try AssembledIdentities.declared(configuration, logger)
      webIdentities = try AssembledIdentities.webIdentities(identities, logger)
    }
  }

  init(
    _ configuration: ServeConfiguration, _ declaration: Declaration, _ store: SQLiteStore, _ keys: StoreKeys,
    _ trail: AuditTrail?, _ logger: Logger
  ) async throws(CommandFailure) {
    let declared = declaration.identities
    let loader = IdentityLoader(store: store, keys: keys, account: configuration.account, declared: declared)
    var set = try await Self.load(loader)
    if !configuration.isDevelopment {
      // Only once what is declared goes together with what is stored: a start that is refused has made nobody.
      let administrator = try await Self.administrator(configuration, declared, store, keys, logger)
      if administrator.hasChangedIdentities { set = try await Self.load(loader) }
    }
    for problem in set.problems { problem.log(to: logger) }
    let directory = IdentityDirectory(set)
    let tokens = SessionTokens(key: keys.seals.sessionTokens)
    sts = STSEndpoint(
      directory: directory, tokens: tokens, webIdentities: declaration.webIdentities,
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

  private static func load(_ loader: IdentityLoader) async throws(CommandFailure) -> IdentitySet {
    do {
      return try await loader.load()
    } catch {
      throw CommandFailure(.configuration, error.description)
    }
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
  ) throws(CommandFailure) -> WebIdentityVerifier {
    do throws(WebIdentityVerifier.ConfigurationError) {
      return try WebIdentityVerifier(declared.identityProviders, logger: logger)
    } catch {
      if case .writableByOthers = error { throw CommandFailure(.noPermission, error.description) }
      throw CommandFailure(.dataError, error.description)
    }
  }

  private static func administrator(
    _ configuration: ServeConfiguration, _ declared: DeclaredIdentities, _ store: SQLiteStore, _ keys: StoreKeys,
    _ logger: Logger
  ) async throws(CommandFailure) -> Administrator {
    guard let directory = configuration.dataDirectory else {
      throw CommandFailure(.configuration, "a service that is not for development needs a data directory")
    }
    do {
      let administrator = try await Administrator.open(
        store, keys: keys, home: AccountRegion(account: configuration.account, region: configuration.regions[0]),
        isDeclared: declared.principals.contains { Administrator.hasName($0, in: configuration.account) },
        credentialsFile: directory.appending(path: "administrator.json").path(percentEncoded: false), now: Date())
      if let path = administrator.credentialsFile {
        logger.notice("administrator made: its credentials are in a file", metadata: ["path": "\(path)"])
      }
      return administrator
    } catch {
      throw CommandFailure(.cannotCreate, error.description)
    }
  }
}
