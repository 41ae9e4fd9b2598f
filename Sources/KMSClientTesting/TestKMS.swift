// A key management service for unit tests: in this process, in memory, on a clock of its own.

internal import AWSSigV4
internal import KMSAccess
internal import KMSCrypto
internal import KMSDomain
internal import KMSOperations
internal import KMSService
internal import KMSStoreSQLite
internal import Logging
public import AWSClient
public import KMSClient
public import NitroAttestation
public import struct FoundationEssentials.Date

/// A whole KMS inside a test: no port, no file, no network, and no AWS account.
///
/// ```swift
/// let kms = try await TestKMS()
/// let client = kms.client()
/// let key = try await client.createKey().keyMetadata
/// let sealed = try await client.encrypt(keyID: key.arn, plaintext: secret)
/// try await kms.shutdown()
/// ```
///
/// It is Keywright's own service, so cryptography, key states, key policies, grants and errors are real. What a test may
/// want otherwise is here: time that passes on demand (``advance(by:)``), failures on demand
/// (``failNext(_:times:of:)``) and a list of what was asked (``calls``). Request quotas there are none, and no external
/// key store can be reached.
///
/// Callers are believed to be whoever they say: a client made by ``client(region:account:retry:)`` is the root of its
/// account. Each instance is a world of its own; any number may be in use at a time.
public final class TestKMS: Sendable {
  /// The account of clients that name none.
  public let account: String
  /// The Region of clients that name none.
  public let region: String
  /// What carries requests to the service, for a client that is not made by ``client(region:account:retry:)``.
  public let transport: InProcessTransport

  private let clock: TestClock
  private let store: SQLiteStore
  private let backgroundWork: BackgroundWork
  private let externalKeyStores = UnreachableKeyStores()

  /// Starts an empty service.
  ///
  /// - Parameters:
  ///   - account: the account of clients that name none: 12 digits.
  ///   - region: the Region of clients that name none.
  ///   - attestationRoots: who vouches for enclaves: a `Recipient` is refused unless one of them does. Its document must
  ///     be of this service's time, ``now``.
  ///   - now: what the service's clock shows until ``advance(by:)``.
  /// - Throws: ``StartError``.
  public init(
    account: String = "123456789012", region: String = "us-east-1", attestationRoots: [AttestationRoot] = [],
    now: Date = Date()
  ) async throws(StartError) {
    guard let home = AccountID(account) else { throw StartError("'\(account)' is no account: 12 digits") }
    guard let homeRegion = Region(region) else { throw StartError("'\(region)' is not the name of a Region") }
    self.account = account
    self.region = region
    let clock = TestClock(now)
    self.clock = clock
    do {
      store = try SQLiteStore.inMemory()
      let keys = try await StoreKeys.open(store, rootKey: RandomBytes.bytes(count: 32))
      let context = OperationContext(
        store: store, keys: keys, slowCryptography: DispatchedCryptography(), externalKeyStores: externalKeyStores,
        attestationVerifier: AttestationVerifier(roots: attestationRoots), now: { clock.now })
      let logger = Logger(label: "keywright.testing") { _ in SwiftLogNoOpLogHandler() }
      let service = Service(
        authenticator: Authenticator(.trusting(account: home)), context: context,
        sts: STSEndpoint(
          directory: IdentityDirectory(.empty), tokens: SessionTokens(key: keys.seals.sessionTokens),
          region: homeRegion, admitsRoots: true, now: { clock.now }),
        logger: logger)
      backgroundWork = BackgroundWork(context: context, logger: logger)
      transport = InProcessTransport(service)
    } catch {
      throw StartError("the service cannot be started: \(error)")
    }
  }

  /// Why a service did not start.
  public struct StartError: Error, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    init(_ description: String) { self.description = description }
  }

  // MARK: Clients

  /// A client of the service. It needs no shutdown.
  ///
  /// - Parameters:
  ///   - region: any Region; nil for ``region``. Every Region has keys of its own.
  ///   - account: any account, 12 digits; nil for ``account``.
  ///   - retry: what the client repeats. Nothing unless told, so that every failure reaches the code under test at once;
  ///     `RetryConfiguration(maximumBackoff: .zero)` repeats as in production, without the waits.
  public func client(
    region: String? = nil, account: String? = nil, retry: RetryConfiguration = .none
  ) -> KMSClient {
    var configuration = configuration(region: region, account: account)
    configuration.retry = retry
    return KMSClient(configuration: configuration, transport: transport)
  }

  /// The configuration of ``client(region:account:retry:)``, to be changed and given to a client together with
  /// ``transport``. It has the retries of production.
  public func configuration(region: String? = nil, account: String? = nil) -> KMSClient.Configuration {
    // A name that is reserved for what does not exist (RFC 2606): with another transport nothing leaves this machine.
    .endpoint(
      "https://kms.invalid", region: region ?? self.region,
      credentials: AccountCredentials(account: account ?? self.account))
  }

  // MARK: Time

  /// What the service's clock shows. It stands still between calls of ``advance(by:)``.
  public var now: Date { clock.now }

  /// Lets time pass, and then does what has become due: keys are deleted or rotated, imported material expires.
  public func advance(by duration: Duration) async {
    clock.advance(by: duration)
    await backgroundWork.doWhatIsDue()
  }

  /// Lets days pass, KMS's own unit of waiting periods: see ``advance(by:)``.
  public func advance(days: Int) async {
    await advance(by: .seconds(86_400) * days)
  }

  // MARK: Failures

  /// Makes coming requests fail: the next `times` of them, or of them that are for `operation`.
  ///
  /// What has been asked for earlier comes first. A client with retries takes one failure for each attempt.
  public func failNext(_ fault: InjectedFault, times: Int = 1, of operation: KMSOperation? = nil) {
    transport.script.add(fault, times: times, of: operation)
  }

  /// Forgets the failures that have not happened yet.
  public func stopFailing() {
    transport.script.removeFaults()
  }

  // MARK: What was asked

  /// Every request so far, in the order of their ends.
  public var calls: [RecordedCall] { transport.script.calls }

  /// Forgets ``calls``.
  public func forgetCalls() {
    transport.script.forgetCalls()
  }

  // MARK: End

  /// Ends the service and lets go of its memory. Later calls of its clients fail with their `.transport` case.
  ///
  /// A service that was forgotten goes, too, with its last client.
  public func shutdown() async throws {
    transport.script.close()
    await externalKeyStores.attempts.end()
    await store.close()
  }
}
